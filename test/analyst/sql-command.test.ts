import { beforeAll, expect, it } from 'vitest'
import { type RunningServer, runProgram, startServer } from '../support/start-server.ts'
import { analystsAt } from './open-analysts.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ settings: { CHARTS_CRON: '0 0 29 2 *', UV_THREADPOOL_SIZE: '16' } })
})

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runProgram('services/sql/main.ts', args, { PORT: new URL(server.address).port, ...environment })

it('prints a table with tabs and names, by a token of the data folder', async () => {
  const ended = await run(['SELECT 1 AS one, 2 AS two'], { DATA_DIR: server.dataDir })
  expect(ended).toMatchObject({ status: 0, stdout: 'one\ttwo\n1\t2\n', stderr: '' })
})

it('takes the format, the server and the token as arguments, and the token from the environment', async () => {
  const token = await analystsAt(server.address, server.dataDir).token('ana')
  const args = ['SELECT 1 AS one', '--format', 'JSONEachRow', '--url', server.address]
  expect(await run([...args, '--token', token])).toMatchObject({ status: 0, stdout: '{"one":1}\n' })
  expect(await run(args, { TONEARM_TOKEN: token })).toMatchObject({ status: 0, stdout: '{"one":1}\n' })
  expect(await run(['SELECT 1 FORMAT CSV', '--token', token])).toMatchObject({ status: 0, stdout: '1\n' })
})

it('writes all of a long answer', async () => {
  const { status, stdout } = await run(['SELECT number FROM numbers(300000) FORMAT TSV'], { DATA_DIR: server.dataDir })
  expect(status).toBe(0)
  expect(stdout.split('\n')).toHaveLength(300_001)
  expect(stdout.endsWith('299999\n')).toBe(true)
})

it('prints what the server refuses on standard error, and ends with 1', async () => {
  const ended = await run(['SELECT * FROM playlists.sessions'], { DATA_DIR: server.dataDir })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^Code: 497\. DB::Exception: .*\(ACCESS_DENIED\)/)
})

it('ends with 2 where nothing could be asked', async () => {
  expect(await run([])).toMatchObject({ status: 2, stdout: '' })
  expect((await run(['SELECT', '1'])).stderr).toContain('in quotes')
  expect(await run(['SELECT 1', '--url', 'ftp://nowhere'])).toMatchObject({ status: 2 })
  expect((await run(['SELECT 1'], { DATA_DIR: 'nowhere' })).stderr).toContain('DATA_DIR')
  expect(await run(['SELECT 1', '--token', 'a', '--url', 'http://127.0.0.1:1'])).toMatchObject({ status: 2 })
})
