import { beforeAll, expect, it } from 'vitest'
import { stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { type RunningAnalyst, startAnalyst } from './start-analyst.ts'

let analyst: RunningAnalyst

beforeAll(async () => {
  analyst = await startAnalyst('analyst', { LOG_LEVEL: 'warn', ANALYTICS_SECONDS_MAX: '20' })
})

const LONG = 'SELECT count() FROM numbers(2000000) AS a, numbers(2000000) AS b WHERE a.number * b.number = 7'
const running = () =>
  analyst.root(
    "SELECT count() FROM system.processes WHERE position(query, 'FROM numbers(2000000) AS a') > 0 AND position(query, 'system.processes') = 0",
  )

it('streams a million rows from the server, in any format', async () => {
  const { sql } = analyst
  const lines = await sql.ask('SELECT number FROM numbers(1000000) FORMAT TSV')
  expect(lines.text.length).toBe(6_888_890)
  const json = await sql.ask('SELECT number FROM numbers(1000)', { default_format: 'JSON' })
  expect(JSON.parse(json.text)).toMatchObject({ rows: 1000 })
})

it('ends a statement at the server when its client goes', async () => {
  const { sql } = analyst
  const going = new AbortController()
  const asked = sql.send({ body: LONG, analyst: 'ana', signal: going.signal }).catch(() => undefined)
  await waitFor('the statement to run', async () => (await running()) === '1\n')
  going.abort()
  await asked
  await waitFor('the statement to end', async () => (await running()) === '0\n')
})

it('gives back the name of a query, which is another at the server for each analyst', async () => {
  const { sql } = analyst
  for (const name of ['ana', 'ben']) {
    const answer = await sql.send({ body: 'SELECT 1', address: { query_id: 'mine' }, analyst: name })
    expect([answer.text, answer.headers.get('x-clickhouse-query-id')]).toEqual(['1\n', 'mine'])
  }
})

it('writes down what was asked, also what was asked last', async () => {
  const { sql, program, root } = analyst
  await sql.ask('SELECT 42 AS last')
  expect(await stopServer(program)).toMatchObject({ status: 0 })
  expect(program.stderr()).not.toContain('could not be written')
  expect(await root("SELECT statement, code FROM audit.queries WHERE position(statement, '42') > 0")).toBe(
    'SELECT 42 AS last\t0\n',
  )
})
