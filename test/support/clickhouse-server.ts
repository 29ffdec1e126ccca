/**
 * `npm run clickhouse:dev` in a process of its own, on a folder that goes when the test file ends.
 * @module
 */
import type { Ended, RunningProgram } from './start-server.ts'
import { BUSY_MS_MAX, newDataDir, startProgram, stopServer } from './start-server.ts'
import { waitFor } from './wait-for.ts'

export interface ClickhouseServer {
  /** The same after a restart: `http://127.0.0.1:54321`. */
  readonly url: string
  readonly folder: string
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>
  /** SIGSTOP makes it stand still, SIGCONT go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  /** Ends it in order. */
  stop(): Promise<Ended>
}

/** Starts a server and resolves once it serves. */
export async function startClickhouse(
  options: { readonly password?: string; readonly analystPassword?: string } = {},
): Promise<ClickhouseServer> {
  const { password = '', analystPassword } = options
  const folder = newDataDir()

  async function start(port: string): Promise<{ program: RunningProgram; url: string }> {
    const args = ['--folder', folder, '--port', port, '--password', password]
    if (analystPassword !== undefined) args.push('--analyst-password', analystPassword)
    const program = startProgram('infra/clickhouse/dev/main.ts', args, { UV_THREADPOOL_SIZE: '24' })
    let early: Ended | undefined
    void program.ended.then((end) => {
      early = end
    })
    const answer = () => {
      if (early !== undefined) throw new Error(`the server ended with ${early.status}: ${program.stderr()}`)
      return /^ClickHouse .* serves at (http:\S+)$/m.exec(program.stdout())?.[1]
    }
    return { program, url: await waitFor('the address of the server', answer, BUSY_MS_MAX) }
  }

  const { program, url } = await start('0')
  let running = program
  return {
    url,
    folder,
    async kill() {
      await stopServer(running, 'SIGKILL')
    },
    async restart() {
      running = (await start(new URL(url).port)).program
    },
    signal: (name) => running.signal(name),
    stop: () => stopServer(running),
  }
}
