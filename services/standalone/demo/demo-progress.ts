/**
 * Progress of the demo on standard error: a bar on a terminal, plain lines elsewhere.
 * @module
 */
import { Presets, SingleBar } from 'cli-progress'

export interface DemoProgress {
  /** Begins a stage; the one before has ended. `total` is the value at which it is done. */
  stage(name: string, total: number): void
  /** How far the stage is. */
  update(value: number): void
  /** Ends the last stage, whether done or not. */
  stop(): void
}

/** All that plain lines need. */
export interface LineStream {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** Plain lines tell every so many percent. */
const LINE_EVERY_PERCENT = 25

export function createDemoProgress(stream: LineStream): DemoProgress {
  return stream.isTTY === true ? bars(stream) : lines(stream)
}

function bars(stream: LineStream): DemoProgress {
  let bar: SingleBar | undefined
  let last = 0
  const stop = () => {
    bar?.stop()
    bar = undefined
  }
  return {
    stage(name, total) {
      bar?.update(last)
      stop()
      last = total
      const options = {
        // What calls itself a terminal is a whole stream: only tests give less, and they give no terminal.
        stream: stream as NodeJS.WriteStream,
        format: `${name.padEnd(10)} {bar} {value}/{total}`,
        // Signals are the demo's own, and the terminal's state stays untouched, so that nothing is to restore.
        gracefulExit: false,
        hideCursor: false,
      }
      bar = new SingleBar(options, Presets.shades_classic)
      bar.start(total, 0)
    },
    update: (value) => bar?.update(value),
    stop,
  }
}

function lines(stream: LineStream): DemoProgress {
  let stage = { name: '', total: 0, told: -1 }
  return {
    stage(name, total) {
      stage = { name, total, told: 0 }
      stream.write(`${name}: ${total} to do\n`)
    },
    update(value) {
      const percent = Math.floor((value / Math.max(1, stage.total)) * 100)
      const step = Math.floor(percent / LINE_EVERY_PERCENT)
      if (step <= stage.told) return
      stage.told = step
      stream.write(`${stage.name}: ${value}/${stage.total}\n`)
    },
    stop: () => {},
  }
}
