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
  /** A pause before the next try. */
  pause(why: string, ms: number): void
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
  const format = '{bar} {value}/{total} files {note}'
  // What calls itself a terminal is a whole stream: only tests give less, and they give no terminal.
  const options = {
    stream: stream as NodeJS.WriteStream,
    format,
    // The terminal's state stays untouched and its signals too: Ctrl-C ends the run at once, and nothing is to restore.
    gracefulExit: false,
    hideCursor: false,
    linewrap: true,
  }
  const bar = new SingleBar(options, Presets.shades_classic)
  const notices: string[] = []
  bar.start(files, 0, { note: '' })
  return {
    fileDone: (line, isWorthReading) => {
      bar.increment(1, { note: '' })
      if (isWorthReading) notices.push(line)
    },
    notice: (line) => void notices.push(line),
    pause: (why, ms) => {
      bar.update({ note: `(waiting ${secondsText(ms)})` })
      notices.push(`${why}; tried again after ${secondsText(ms)}`)
    },
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
    pause: (why, ms) => void stream.write(`${why}; trying again in ${secondsText(ms)}\n`),
    stop: () => {},
  }
}

function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
