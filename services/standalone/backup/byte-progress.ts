/**
 * Progress in bytes: a bar on a terminal, nothing elsewhere.
 * @module
 */
import { Presets, SingleBar } from 'cli-progress'

const MEBIBYTE = 1024 * 1024

export interface ByteProgress {
  update(bytesDone: number, bytesTotal: number): void
  /** Leaves the bar as it is; once is enough. */
  stop(): void
}

export function createByteProgress(stream: NodeJS.WriteStream): ByteProgress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined }
  // Ctrl-C ends the program at once, and nothing of the terminal is to restore.
  const options = { stream, format: '{bar} {value}/{total} MiB', gracefulExit: false, hideCursor: false }
  const bar = new SingleBar(options, Presets.shades_classic)
  let isStarted = false
  return {
    update(bytesDone, bytesTotal) {
      if (!isStarted) bar.start(Math.ceil(bytesTotal / MEBIBYTE), 0)
      isStarted = true
      bar.update(Math.floor(bytesDone / MEBIBYTE))
    },
    stop: () => bar.stop(),
  }
}
