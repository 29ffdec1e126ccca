/**
 * The real service in a process of its own, as `npm start` runs it, in a folder that goes when the test file ends.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Scope } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { fromSource, startOf } from './bundled-programs.ts'
import { waitFor } from './wait-for.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** How long a start, or a chart, may take on a machine that is busy with other tests; a second or two on one that is not. */
export const BUSY_MS_MAX = 60_000

/** A build a second, so that a test waits for a chart and not for a clock; revisions as soon as one DJ changed. */
export const quickCharts = { CHARTS_CRON: '* * * * * *', CHART_MIN_CHANGED_DJS: '1' } as const

export interface Ended {
  /** Exit status; `null` where a signal ended it. */
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/** A program of the project, running. */
export interface RunningProgram {
  readonly pid: number
  stdout(): string
  stderr(): string
  signal(name: NodeJS.Signals): void
  /** Resolves when the process is gone and its output is complete. */
  readonly ended: Promise<Ended>
}

export interface RunningServer extends RunningProgram {
  /** Where it said that it serves: `http://127.0.0.1:54321`. */
  readonly address: string
  readonly dataDir: string
  /** A client of an account: the token is of the local key in the data folder. Without an account, none is sent. */
  api(account?: string, ...scopes: readonly Scope[]): Promise<ApiClient>
}

const running = new Set<ChildProcess>()
const folders: string[] = []

afterAll(async () => {
  const gone = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(gone)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder that goes when the test file ends, after the processes in it. */
export function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-server-'))
  folders.push(folder)
  return join(folder, 'data')
}

/** Starts a program of the project, by its file; of this process's environment it gets only what programs need to run at all. */
export function startProgram(
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  start: readonly string[] = startOf(file),
): RunningProgram {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [...start, ...args], {
    cwd: root,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => {
      running.delete(child)
      resolve({ status, signal })
    })
  })
  return {
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    signal: (name) => {
      child.kill(name)
    },
    ended,
  }
}

/** Starts a file of the project and waits for its end. */
export async function runProgram(
  ...program: Parameters<typeof startProgram>
): Promise<Ended & { readonly stdout: string; readonly stderr: string }> {
  const started = startProgram(...program)
  const ended = await started.ended
  return { ...ended, stdout: started.stdout(), stderr: started.stderr() }
}

/** Starts the service and resolves once it serves; rejects with what it said where it ends before that. */
export async function startServer(
  options: {
    readonly dataDir?: string
    readonly settings?: Readonly<Record<string, string>>
    readonly args?: readonly string[]
    /** Whether it runs from its sources, to the letter as users run it; others start in half the time. */
    readonly isFromSource?: boolean
  } = {},
): Promise<RunningServer> {
  const { dataDir = newDataDir(), settings = {}, args = [], isFromSource = false } = options
  const file = 'services/standalone/main.ts'
  const environment = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', ...settings }
  const program = startProgram(file, args, environment, isFromSource ? fromSource(file) : startOf(file))
  let early: Ended | undefined
  void program.ended.then((end) => {
    early = end
  })
  const answer = () => {
    if (early !== undefined) throw new Error(`the service ended with ${early.status}: ${program.stderr()}`)
    return /^Tonearm serves at (https?:\S+)$/m.exec(program.stdout())?.[1]
  }
  const address = await waitFor('the address of the service', answer, BUSY_MS_MAX)
  return {
    ...program,
    address,
    dataDir,
    async api(account, ...scopes) {
      if (account === undefined) return createApiClient(address)
      const token = await issueToken(await readLocalKey(dataDir), account, scopes.length === 0 ? ['dj'] : scopes)
      return createApiClient(address, token)
    },
  }
}

/** Ends a server in order and waits until it is gone. */
export async function stopServer(server: RunningProgram, signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
  server.signal(signal)
  return await server.ended
}
