/**
 * Programs of the project as processes of their own, which a measured process starts and ends.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startOf } from '../../support/bundled-programs.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const START_MS_MAX = 60_000
/** Less than the process that started it is given for its own end. */
const END_MS_MAX = 8_000
const OUTPUT_CHARACTERS_MAX = 16 * 1024

export interface Programs {
  /**
   * Starts a file of the project; resolves with what the first group of `announcement` takes from its standard output.
   * Rejects with the end of what it said where it ends before that, or says nothing of the kind in a minute.
   */
  start(file: string, args: readonly string[], environment: Readonly<Record<string, string>>, announcement: RegExp): Promise<string> // biome-ignore format: a signature
  /** Ends all of them; resolves when they are gone. */
  endAll(): Promise<void>
}

/** Profiled where this process is. */
const profiling = process.execArgv.filter((argument) => argument.startsWith('--cpu-prof'))

export function createPrograms(): Programs {
  const running = new Set<ChildProcess>()
  // Where this process breaks they must not stay.
  process.once('exit', () => {
    for (const child of running) child.kill('SIGKILL')
  })
  return {
    async start(file, args, environment, announcement) {
      const child = spawn(process.execPath, [...profiling, ...startOf(file), ...args], {
        cwd: root,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      running.add(child)
      child.once('close', () => running.delete(child))
      return await announced(child, file, announcement)
    },
    async endAll() {
      await Promise.all([...running].map(end))
    },
  }
}

async function announced(child: ChildProcess, file: string, announcement: RegExp): Promise<string> {
  let output = ''
  return await new Promise<string>((resolve, reject) => {
    const fail = (how: string) => reject(new Error(`${file} ${how}: ${output.trim()}`))
    const timer = setTimeout(() => fail(`did not serve in ${START_MS_MAX} ms`), START_MS_MAX)
    const take = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX)
      const found = announcement.exec(output)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.once('error', reject)
    child.once('close', (status, signal) => {
      clearTimeout(timer)
      fail(`ended with ${signal ?? status}`)
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('close', resolve))
  const killer = setTimeout(() => child.kill('SIGKILL'), END_MS_MAX)
  child.kill('SIGTERM')
  await gone
  clearTimeout(killer)
}
