/**
 * The service of analysts in a process of its own, over a ClickHouse server that is another one.
 * @module
 */
import { expect } from 'vitest'
import { type ClickhouseServer, startClickhouse } from '../support/clickhouse-server.ts'
import { BUSY_MS_MAX, newDataDir, type RunningProgram, runProgram, startProgram } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { MARKER } from './attack.ts'
import { type Analysts, analystsAt } from './open-analysts.ts'

export interface RunningAnalyst {
  readonly sql: Analysts
  readonly clickhouse: ClickhouseServer
  readonly program: RunningProgram
  /** Runs a statement at the server by the account that may do everything. */
  root(statement: string): Promise<string>
}

/** @param user its account: one that is bound as analysts are, or the one that may do everything */
export async function startAnalyst(
  user: 'analyst' | 'default',
  settings: Readonly<Record<string, string>>,
): Promise<RunningAnalyst> {
  const clickhouse = await startClickhouse({ password: 'all', analystPassword: 'bound' })
  const all = { CLICKHOUSE_URL: clickhouse.url, CLICKHOUSE_PASSWORD: 'all' }
  expect(await runProgram('services/migrate/main.ts', [], all)).toMatchObject({ status: 0 })
  async function root(statement: string): Promise<string> {
    const answer = await fetch(clickhouse.url, {
      method: 'POST',
      headers: { 'x-clickhouse-key': 'all' },
      body: statement,
    })
    expect(answer.status).toBe(200)
    return await answer.text()
  }
  await root(
    `INSERT INTO playlists.account_states (owner, state, value, version) VALUES ('${MARKER}', 'closed', '${MARKER}', 1)`,
  )
  const dataDir = newDataDir()
  const program = startProgram('services/service.ts', ['analyst'], {
    PORT: '0',
    DATA_DIR: dataDir,
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    CLICKHOUSE_URL: clickhouse.url,
    CLICKHOUSE_USER: user,
    CLICKHOUSE_PASSWORD: user === 'analyst' ? 'bound' : 'all',
    ...settings,
  })
  const address = await waitFor(
    'the address of the service',
    () => /serves at (http:\S+)$/m.exec(program.stdout())?.[1],
    BUSY_MS_MAX,
  )
  const sql = analystsAt(address, dataDir)
  await waitFor('an answer', async () => (await sql.ask('SELECT 1')).status === 200, BUSY_MS_MAX)
  return { sql, clickhouse, program, root }
}
