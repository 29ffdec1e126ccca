import { expect, it } from 'vitest'
import type { QueryList } from '#schemas/records/admin.ts'
import { type RunningServer, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { analystsAt } from './open-analysts.ts'

const settings = { CHARTS_CRON: '0 0 29 2 *', UV_THREADPOOL_SIZE: '16', ANALYTICS_SECONDS_MAX: '5' }
const start = (dataDir?: string) => startServer({ settings, ...(dataDir === undefined ? {} : { dataDir }) })

async function queriesOf(server: RunningServer, query = ''): Promise<QueryList> {
  const answer = await (await server.api('eva', 'admin')).get(`/v1/audit/queries${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<QueryList>()
}

it('tells admins, and nobody else, what analysts asked, when, and how it ended', async () => {
  const server = await start()
  const sql = analystsAt(server.address, server.dataDir)
  await sql.ask('SELECT 1 AS first')
  await sql.ask('SELECT * FROM playlists.sessions')
  await sql.send({ body: 'SELECT sum(number) FROM numbers(1000)', analyst: 'ben' })
  await sql.send({ body: 'SELECT 2', headers: { authorization: 'Bearer garbage' } })
  const { queries } = await waitFor('three statements', async () => {
    const list = await queriesOf(server)
    return list.queries.length === 3 && list
  })
  const [third, second, first] = queries
  expect(first).toMatchObject({ statement: 'SELECT 1 AS first', code: 0, bytesSent: 2 })
  expect(second).toMatchObject({ statement: 'SELECT * FROM playlists.sessions', code: 497 })
  expect(third).toMatchObject({ statement: 'SELECT sum(number) FROM numbers(1000)', code: 0, resultRows: 1 })
  expect(second?.analyst).toBe(first?.analyst)
  expect(third?.analyst).not.toBe(first?.analyst)
  for (const { analyst } of queries) expect(analyst).toMatch(/^[\w-]{22}$/)

  const page = await queriesOf(server, '?limit=2')
  expect(page.queries).toEqual(queries.slice(0, 2))
  expect((await queriesOf(server, `?limit=2&cursor=${page.next}`)).queries).toEqual(queries.slice(2))
  for (const scope of ['analyst', 'dj'] as const) {
    expect((await (await server.api('ana', scope)).get('/v1/audit/queries')).status).toBe(403)
  }
})

it('loses nothing of it when the service ends at once, with a statement under way', async () => {
  const server = await start()
  const sql = analystsAt(server.address, server.dataDir)
  const long = 'SELECT count() FROM numbers(2000000) AS a, numbers(2000000) AS b WHERE a.number * b.number = 7'
  const ended = sql.ask(long).then(
    ({ code }) => code,
    () => 0,
  )
  await waitFor('the statement to run', async () => {
    const metrics = await (await fetch(new URL('/metrics', server.address))).text()
    return /^tonearm_analyst_running 1$/m.test(metrics)
  })
  await Promise.all(Array.from({ length: 20 }, (_, index) => sql.send({ body: `SELECT ${index}`, analyst: 'ben' })))
  expect(await stopServer(server)).toMatchObject({ status: 0 })
  expect([0, 159, 236]).toContain(await ended)
  const { queries } = await queriesOf(await start(server.dataDir))
  expect(queries.map(({ statement }) => statement)).toEqual(
    expect.arrayContaining([long, ...Array.from({ length: 20 }, (_, index) => `SELECT ${index}`)]),
  )
})
