import { expect, it } from 'vitest'
import { startClickhouse } from '../support/clickhouse-server.ts'
import { startProgram } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const ask = async (url: string, query: string, password = '') =>
  await (await fetch(`${url}/?password=${password}`, { method: 'POST', body: query })).text()

it('says where it serves, and that it is for development', async () => {
  const { url } = await startClickhouse()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await ask(url, 'SELECT 1')).toBe('1\n')
})

it('lets in who has the password, and nobody else', async () => {
  const { url } = await startClickhouse({ password: 'open-sesame' })
  expect(await ask(url, 'SELECT 1', 'open-sesame')).toBe('1\n')
  expect(await ask(url, 'SELECT 1', 'open')).toContain('AUTHENTICATION_FAILED')
  expect(await ask(url, 'SELECT 1')).toContain('AUTHENTICATION_FAILED')
})

it('ends in order when it is told to: what is under way comes to its end, and all of it is there again', async () => {
  const server = await startClickhouse()
  await ask(server.url, 'CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a')
  const insert = ask(
    server.url,
    'INSERT INTO t SELECT number + sleepEachRow(0.3) FROM numbers(3) SETTINGS max_block_size = 1',
  )
  await waitFor('the insert to run', async () =>
    (await ask(server.url, "SELECT count() FROM system.processes WHERE query LIKE 'INSERT%'")).startsWith('1'),
  )
  expect(await server.stop()).toEqual({ status: 0, signal: null })
  expect(await insert).toBe('')
  await server.restart()
  expect(await ask(server.url, 'SELECT count() FROM t')).toBe('3\n')
})

it('starts again on a folder in which it was killed while it answered', async () => {
  const server = await startClickhouse()
  const answer = expect(
    ask(server.url, 'SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1 FORMAT JSON'),
  ).rejects.toThrow()
  await waitFor('the query to run', async () =>
    (
      await ask(
        server.url,
        "SELECT count() FROM system.processes WHERE query LIKE '%sleepEachRow(1)%' AND query NOT LIKE '%processes%'",
      )
    ).startsWith('1'),
  )
  await server.kill()
  await answer
  await server.restart()
  expect(await ask(server.url, 'SELECT 1')).toBe('1\n')
})

it('does not start with an option that it does not know', async () => {
  const program = startProgram('infra/clickhouse/dev/main.ts', ['--fodler', 'somewhere'])
  expect((await program.ended).status).not.toBe(0)
  expect(program.stderr()).toContain('--fodler')
})
