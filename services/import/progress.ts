/**
 * Progress on standard error: a bar on a terminal, plain lines elsewhere.
 * @module
 */
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** A file is done; the line says what became of it, and is kept beside a bar only where it is worth reading. */
  fileDone(line: string, isWorthReading: boolean): void
  /** Something that should be read: shown at once, or where there is a bar, below it at the end. */
  notice(line: string): void
  stop(): void
}

export function createProgress(stream: LineStream, files: number): Progress {
  return stream.isTTY === true ? barOn(stream, files) : linesOn(stream, files)
}

/** All that plain lines need. */
export interface LineStream {
  write(text: string): unknown
  readonly isTTY?: boolean
}

function barOn(stream: LineStream, files: number): Progress {
  const format = '{bar} {value}/{total} files | {duration_formatted}'
  // What calls itself a terminal is a whole stream: only tests give less, and they give no terminal.
  const bar = new SingleBar({ stream: stream as NodeJS.WriteStream, format, hideCursor: true }, Presets.shades_classic)
  const notices: string[] = []
  bar.start(files, 0)
  return {
    fileDone: (line, isWorthReading) => {
      bar.increment()
      if (isWorthReading) notices.push(line)
    },
    notice: (line) => void notices.push(line),
    stop: () => {
      bar.stop()
      for (const line of notices) stream.write(`${line}\n`)
    },
  }
}

function linesOn(stream: LineStream, files: number): Progress {
  let done = 0
  return {
    fileDone: (line) => {
      done += 1
      stream.write(`${done}/${files} ${line}\n`)
    },
    notice: (line) => void stream.write(`${line}\n`),
    stop: () => {},
  }
}
