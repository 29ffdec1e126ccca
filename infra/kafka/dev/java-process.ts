/**
 * A program of Java as a child that does not outlive this process.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { TonearmError } from '#platform/errors/tonearm-error.ts'

/** Of what it says, the end, which tells why it ended. */
const OUTPUT_CHARACTERS_MAX = 64 * 1024

export interface JavaProcess {
  readonly pid: number
  /** Resolves when it is gone, with how it ended: `SIGKILL`, `status 1`. Rejects with `log-unavailable` without Java. */
  readonly ended: Promise<string>
  /** What it said at last. */
  output(): string
  /** Hands on what it says from now, by the piece. */
  listen(listener: (text: string) => void): void
  /** Sends a signal; resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>
}

export function startJava(args: readonly string[]): JavaProcess {
  // A group of its own: an interrupt of the terminal is this process's to hear, which then ends the child in order.
  const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  let listener: (text: string) => void = () => undefined
  const keep = (text: string) => {
    output = (output + text).slice(-OUTPUT_CHARACTERS_MAX)
    listener(text)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', (cause) => reject(new TonearmError('log-unavailable', 'Java (java) is not there', cause)))
    child.once('close', (status, signal) => resolve(signal ?? `status ${status}`))
  })
  endWithThisProcess(child, ended)
  return {
    pid: child.pid ?? 0,
    ended,
    output: () => output.trim(),
    listen: (given) => {
      listener = given
    },
    end: async (signal) => {
      child.kill(signal)
      await ended
    },
  }
}

/**
 * Whatever ends this process, SIGKILL too, the child must not stay. A shell waits for the end of its standard input, which
 * comes when this process is gone, and then kills the child. It is in a group of its own too, or an interrupt would end it.
 */
function endWithThisProcess(child: ChildProcess, ended: Promise<string>): void {
  if (child.pid === undefined) return
  const watch = spawn('sh', ['-c', 'cat >/dev/null; kill -KILL "$1"', 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  // The number of the child may be another process's once it is gone.
  const dismiss = () => watch.kill('SIGKILL')
  ended.then(dismiss, dismiss)
}
