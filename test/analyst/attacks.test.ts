import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { MARKER } from './attack.ts'
import { attacks, timeBombs } from './attacks.ts'
import { type Analysts, analystsAt } from './open-analysts.ts'
import { startAnalyst } from './start-analyst.ts'

const common = { ANALYTICS_SECONDS_MAX: '2', UV_THREADPOOL_SIZE: '16', LOG_LEVEL: 'warn', PORT: '0' }
async function startEmbedded(): Promise<Analysts> {
  const server = await startServer({ settings: { ...common, CHARTS_CRON: '0 0 29 2 *' } })
  const dj = await server.api('ana')
  const json = { id: '1', name: MARKER, startedAt: '2026-02-13T20:58:00Z', tracks: [{ id: '1' }] }
  expect((await dj.post('/v1/sessions', { json })).status).toBe(202)
  return analystsAt(server.address, server.dataDir)
}

const modes = [
  ['in one process', startEmbedded],
  ['over a server, by an account that is bound', async () => (await startAnalyst('analyst', common)).sql],
  ['over a server, by an account that may do everything', async () => (await startAnalyst('default', common)).sql],
] as const

it('has many ways to try, each once', () => {
  expect(attacks.length).toBeGreaterThan(200)
  expect(new Set(attacks.map((attack) => JSON.stringify(attack.request))).size).toBe(attacks.length)
})

describe.each(modes)('%s', (_name, start) => {
  let sql: Analysts

  beforeAll(async () => {
    sql = await start()
  })

  /** What another analyst gets meanwhile. */
  const anothers = () => sql.send({ body: 'SELECT count() FROM charts', analyst: 'ben' })

  it.each(attacks.map((attack) => [nameOf(attack.request), attack] as const))(
    '%s',
    async (_attack, { request, outcome }) => {
      const answer = await sql.send({ ...request, analyst: 'ana' })
      expect(answer.text).not.toMatch(new RegExp(`${MARKER}|root:x:0|/var/|/tmp/tonearm|node_modules`))
      if ('refused' in outcome) expect(outcome.refused, answer.text).toContain(answer.code)
      else expect(answer.text).toMatch(outcome.answers)
      expect(await anothers()).toMatchObject({ status: 200, text: '0\n' })
    },
  )

  it('ends what would run for hours at the limit of time, and answers another analyst meanwhile', async () => {
    const bombs = timeBombs.map((body) => sql.send({ body, analyst: 'ana' }))
    for (let round = 0; round < 5; round += 1) expect((await anothers()).status).toBe(200)
    for (const bomb of await Promise.all(bombs)) expect([159, 241, 158, 306], bomb.text).toContain(bomb.code)
    expect((await anothers()).status).toBe(200)
  })

  it('lets one analyst have a few statements at once, and no more wait than a line holds', async () => {
    const body = timeBombs[2] ?? ''
    const going = new AbortController()
    const many = Array.from({ length: 150 }, () => sql.send({ body, analyst: 'ana', signal: going.signal }))
    const refused = async (sent: (typeof many)[number]) => expect(await sent).toMatchObject({ status: 429, code: 202 })
    await Promise.any(many.map(refused))
    expect((await anothers()).status).toBe(200)
    going.abort()
    await Promise.allSettled(many)
    // What those wait for who are gone is waited for no more.
    expect((await sql.ask('SELECT 1')).text).toBe('1\n')
  })

  it('stays up while bodies come slowly, in small parts, or never end', async () => {
    const url = new URL('/sql/', sql.address)
    const headers = { authorization: `Bearer ${await sql.token('ana')}` }
    const slow = Array.from({ length: 50 }, () => {
      const sending = request(url, { method: 'POST', headers })
      sending.on('error', () => undefined)
      sending.write('SELECT ')
      return sending
    })
    expect((await anothers()).status).toBe(200)
    const endless = request(url, { method: 'POST', headers })
    const ended = new Promise<string>((resolve) => {
      endless.once('response', (answer) => resolve(String(answer.headers['x-clickhouse-exception-code'])))
      endless.once('error', () => resolve('229'))
    })
    const part = 'x'.repeat(64 * 1024)
    const goOn = () => {
      if (!endless.destroyed) endless.write(part, () => setImmediate(goOn))
    }
    goOn()
    expect(await ended).toBe('229')
    for (const one of [...slow, endless]) one.destroy()
    expect((await anothers()).status).toBe(200)
  })
})

describe('ten thousand connections', () => {
  it('do not take the service away from who asks', async () => {
    const sql = await startEmbedded()
    const { hostname, port } = new URL(sql.address)
    const sockets: Socket[] = []
    for (let opened = 0; opened < 10_000; opened += 2_000) {
      const wave = Array.from({ length: 2_000 }, () => connect(Number(port), hostname).on('error', () => undefined))
      sockets.push(...wave)
      await Promise.all(
        wave.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))),
      )
    }
    const open = sockets.filter((socket) => !socket.destroyed)
    expect(open.length).toBeGreaterThan(1_000)
    for (const socket of open.slice(0, 1_000)) socket.write('GET /sql/?query=SELECT%201 HTTP/1.1\r\nHost: a\r\n')
    expect((await sql.ask('SELECT 1')).text).toBe('1\n')
    for (const socket of sockets) socket.destroy()
    expect((await sql.ask('SELECT 2')).text).toBe('2\n')
  })
})

function nameOf({ body = '', address = '', headers = {} }: (typeof attacks)[number]['request']): string {
  const query = typeof address === 'string' ? address : JSON.stringify(address)
  const text = [query, ...Object.values(headers), String(body)].filter((part) => part !== '').join(' · ')
  return text.replaceAll('\0', '\\0').slice(0, 120).replaceAll('%', '%%')
}
