import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openHttpStore } from '#platform/store/http-store.ts'
import type { Store } from '#platform/store/store.ts'
import { type ClickhouseServer, startClickhouse } from '../../support/clickhouse-server.ts'
import { storeContract } from './store-contract.ts'

let server: ClickhouseServer

beforeAll(async () => {
  server = await startClickhouse({ password: 'a password' })
})

const open = (options: { url?: string; password?: string; cluster?: string } = {}) =>
  openHttpStore({ url: server.url, user: 'default', password: 'a password', ...options })

function opened(...options: Parameters<typeof open>): Store {
  const store = open(...options)
  onTestFinished(() => store.close())
  return store
}

storeContract('HTTP', async () => {
  await dropAll()
  return { open, folder: server.folder }
})

async function dropAll(): Promise<void> {
  const connection = opened().connect('migrate')
  const databases = await connection.rows<{ name: string }>(
    "SELECT name FROM system.databases WHERE lower(name) NOT IN ('system', 'information_schema', 'default')",
  )
  for (const { name } of databases) await connection.run(`DROP DATABASE ${name} SYNC`)
}

const unavailable = { code: 'store-unavailable', retryable: true }
const line = (id: number) => Buffer.from(`${JSON.stringify({ id })}\n`)

async function makeTables(): Promise<void> {
  await dropAll()
  const connection = opened().connect('migrate')
  await connection.run('CREATE DATABASE charts')
  await connection.run('CREATE TABLE charts.keyed (id UInt64) ENGINE = ReplacingMergeTree ORDER BY id')
  await connection.run('CREATE TABLE charts.build_plain (id UInt64) ENGINE = MergeTree ORDER BY id')
}

const countOf = async (table: string) =>
  (await opened().connect('site').rows<{ n: string }>(`SELECT count() AS n FROM ${table}`))[0]?.n

describe('store: HTTP, where the server is away', () => {
  beforeEach(makeTables)

  it('says so, and works again when it is back, with the same connections', async () => {
    const store = opened()
    const connection = store.connect('ingest')
    await connection.insert({ table: 'charts.keyed', lines: line(1) })
    await server.kill()
    await expect(connection.insert({ table: 'charts.keyed', lines: line(2) })).rejects.toMatchObject(unavailable)
    await expect(connection.rows('SELECT 1')).rejects.toMatchObject(unavailable)
    await expect(connection.run('TRUNCATE TABLE charts.keyed')).rejects.toMatchObject(unavailable)
    await expect(store.ping()).rejects.toMatchObject(unavailable)
    await server.restart()
    await store.ping()
    expect(await connection.rows('SELECT * FROM charts.keyed')).toEqual([{ id: '1' }])
  })

  it('has every row of an insert that was confirmed before the server was killed, whatever the table', async () => {
    for (let round = 0; round < 3; round += 1) {
      const connection = opened().connect('ingest')
      const confirmed: number[] = []
      const inserting = (async () => {
        for (let id = round * 1_000; ; id += 1) {
          for (const table of ['charts.keyed', 'charts.build_plain'])
            await connection.insert({ table, lines: line(id) })
          confirmed.push(id)
          if (confirmed.length === 10 + round * 7) void server.kill()
        }
      })()
      await expect(inserting).rejects.toMatchObject(unavailable)
      await server.kill()
      await server.restart()
      for (const table of ['charts.keyed', 'charts.build_plain']) {
        const rows = await connection.rows<{ id: string }>(`SELECT DISTINCT id FROM ${table}`)
        const ids = new Set(rows.map(({ id }) => Number(id)))
        expect(confirmed.filter((id) => !ids.has(id))).toEqual([])
      }
    }
  })

  it('names neither the address nor the password', async () => {
    const failure = await opened({ url: 'http://127.0.0.1:9', password: 'a-secret' })
      .connect('site')
      .rows('SELECT 1')
      .catch((error: unknown) => error)
    expect(failure).toMatchObject(unavailable)
    expect(String(failure)).not.toMatch(/127\.0\.0\.1|a-secret|:9/)
  })
})

describe('store: HTTP, where a connection breaks', () => {
  beforeEach(makeTables)

  it('sends a query and rows with keys again, also when the server has them already', async () => {
    const connection = opened({ url: await cuttingProxy(2) }).connect('ingest')
    await connection.insert({ table: 'charts.keyed', lines: line(1) })
    expect(await connection.rows('SELECT id FROM charts.keyed FINAL')).toEqual([{ id: '1' }])
  })

  it('sends nothing again that would count twice', async () => {
    const connection = opened({ url: await cuttingProxy(1) }).connect('charts')
    const rows = { table: 'charts.build_plain', lines: line(1) }
    await expect(connection.insert(rows)).rejects.toMatchObject(unavailable)
    const other = opened({ url: await cuttingProxy(1) }).connect('charts')
    const fill = 'INSERT INTO charts.build_plain SELECT 2'
    await expect(other.run(fill)).rejects.toMatchObject(unavailable)
    expect(await countOf('charts.build_plain WHERE id = 1')).toBe('1')
    expect(await countOf('charts.build_plain WHERE id = 2')).toBe('1')
  })

  it('gives up where it breaks again and again', async () => {
    const connection = opened({ url: await cuttingProxy(100) }).connect('site')
    await expect(connection.rows('SELECT 1')).rejects.toMatchObject(unavailable)
  })

  it('sends again what the server had no place for, whatever it is', async () => {
    const answers = [exception(202, 'TOO_MANY_SIMULTANEOUS_QUERIES'), ok]
    const connection = opened({ url: await serve((...call) => answers.shift()?.(...call)) }).connect('charts')
    await connection.run('INSERT INTO charts.build_plain SELECT 1')
    expect(answers).toEqual([])
  })
})

it('sends the statements of a cluster to one, with its settings', async () => {
  const requests: { address: URLSearchParams; body: string }[] = []
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    requests.push({ address: new URL(request.url ?? '', url).searchParams, body: Buffer.concat(chunks).toString() })
    response.end()
  })
  const connection = opened({ url, cluster: 'music' }).connect('privacy')
  await connection.run('TRUNCATE TABLE charts.bases')
  await connection.rows('SELECT name FROM system.parts')
  expect(requests.map(({ body }) => body)).toEqual([
    "TRUNCATE TABLE charts.bases_local ON CLUSTER 'music'",
    expect.stringContaining("clusterAllReplicas('music', system.parts)"),
  ])
  for (const { address } of requests) expect(address.get('distributed_product_mode')).toBe('global')
})

describe('store: HTTP, where something else answers', () => {
  const html =
    (status: number): Answer =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' })
      response.end('<html><body><h1>Bad Gateway</h1> of a secret house</body></html>')
    }

  it.each([
    ['a proxy whose server is away', html(502), unavailable],
    ['a proxy that has no time', html(504), unavailable],
    ['a server without its Keeper', exception(999, 'KEEPER_EXCEPTION'), unavailable],
    ['a replica that only reads', exception(242, 'TABLE_IS_READ_ONLY'), unavailable],
    ['a server out of memory', exception(241, 'MEMORY_LIMIT_EXCEEDED'), unavailable],
    ['a server that ends', exception(236, 'ABORTED'), unavailable],
    [
      'a server that knows us not',
      exception(516, 'AUTHENTICATION_FAILED', 403),
      { code: 'store-refused', retryable: false },
    ],
    [
      'a server that grants us nothing',
      exception(497, 'ACCESS_DENIED', 403),
      { code: 'store-refused', retryable: false },
    ],
  ])('tells %s from what is our fault', async (_name, answer, expected) => {
    const store = opened({ url: await serve(answer) })
    const failure = await store
      .connect('site')
      .rows('SELECT 1')
      .catch((error: unknown) => error)
    expect(failure).toMatchObject(expected)
    expect(String(failure)).not.toContain('secret')
  })

  it('tells one that does not speak HTTP', async () => {
    const noise = createSocketServer((socket) => socket.end('220 mail.example ready\r\n', () => socket.destroy()))
    const connection = opened({ url: await listen(noise) }).connect('site')
    await expect(connection.rows('SELECT 1')).rejects.toMatchObject(unavailable)
  })

  it('says that the user or the password is wrong', async () => {
    const failure = opened({ password: 'another' }).ping()
    await expect(failure).rejects.toMatchObject({ code: 'store-refused', message: expect.stringContaining('password') })
  })
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

function exception(code: number, type: string, status = 500): Answer {
  return (request, response) => {
    request.resume()
    response.writeHead(status, { 'x-clickhouse-exception-code': code })
    response.end(`Code: ${code}. DB::Exception: of a secret house. (${type}) (version 26.3.1)\n`)
  }
}

const ok: Answer = (request, response) => {
  request.resume()
  response.end()
}

const serve = (answer: RequestListener) => listen(createServer(answer))

/** Forwards to the server, and instead of handing back the first answers cuts the connection. */
async function cuttingProxy(cuts: number): Promise<string> {
  let left = cuts
  return await serve(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers } = request.headers
    const answer = await fetch(new URL(request.url ?? '/', server.url), {
      method: request.method ?? 'POST',
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    })
    const body = Buffer.from(await answer.arrayBuffer())
    if (left > 0) {
      left -= 1
      request.socket.destroy()
    } else response.writeHead(answer.status).end(body)
  })
}

async function listen(listening: Server): Promise<string> {
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => listening.close(() => resolve())))
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}
