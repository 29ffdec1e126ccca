import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { type Analysts, analystsAt } from './open-analysts.ts'

let sql: Analysts
let secrets: () => string

beforeAll(async () => {
  const settings = {
    CHARTS_CRON: '0 0 29 2 *',
    UV_THREADPOOL_SIZE: '16',
    LOG_LEVEL: 'info',
    ANALYTICS_SECONDS_MAX: '5',
  }
  const server = await startServer({ settings })
  sql = analystsAt(server.address, server.dataDir)
  secrets = () => server.stdout() + server.stderr()
})

describe('who asks', () => {
  const statement = { query: 'SELECT 1' }

  it('may give the token as bearer, as password of any user, in the header of ClickHouse, or in the address', async () => {
    const token = await sql.token('ana')
    const ways = [
      { address: statement, headers: { authorization: `Bearer ${token}` } },
      {
        address: statement,
        headers: { authorization: `Basic ${Buffer.from(`whoever:${token}`).toString('base64')}` },
      },
      { address: statement, headers: { 'x-clickhouse-user': 'whoever', 'x-clickhouse-key': token } },
      { address: { ...statement, user: 'whoever', password: token } },
    ]
    for (const way of ways) expect(await sql.send(way)).toMatchObject({ status: 200, text: '1\n' })
    expect(secrets()).toContain('"route":"/sql/"')
    expect(secrets()).not.toContain(token.slice(-40))
  })

  it.each(['', 'garbage', 'a.b.c'])("is refused without a good token (%s), in ClickHouse's form", async (password) => {
    const answer = await sql.send({ address: { ...statement, password } })
    expect(answer).toMatchObject({ status: 401, code: 516 })
    expect(answer.text).toMatch(/^Code: 516\. DB::Exception: .*\(AUTHENTICATION_FAILED\)/)
  })

  it('is refused with a token of another scope', async () => {
    const answer = await sql.send({ address: { ...statement, password: await sql.token('ana', 'dj', 'admin') } })
    expect(answer).toMatchObject({ status: 403, code: 497 })
  })

  it('may ask without a token whether it lives', async () => {
    const answer = await fetch(`${sql.address}/sql/ping`)
    expect([answer.status, await answer.text()]).toEqual([200, 'Ok.\n'])
    expect((await fetch(`${sql.address}/sql`, { method: 'OPTIONS' })).headers.get('allow')).toContain('POST')
    expect((await fetch(`${sql.address}/sql`, { method: 'PUT' })).status).toBe(405)
  })
})

describe('a statement', () => {
  it('comes in the address, in the body, in both, and compressed', async () => {
    expect((await sql.send({ address: { query: 'SELECT 1' }, analyst: 'ana' })).text).toBe('1\n')
    expect((await sql.ask('SELECT 2')).text).toBe('2\n')
    expect((await sql.ask('+ 3', { query: 'SELECT 1' })).text).toBe('4\n')
    const body = new Uint8Array(gzipSync('SELECT 5'))
    expect((await sql.send({ body, headers: { 'content-encoding': 'gzip' }, analyst: 'ana' })).text).toBe('5\n')
  })

  it('has its parameters bound, and finds none of another statement', async () => {
    const params = { param_n: '3', param_text: "it's", param_table: 'charts' }
    const statement = 'SELECT {n:UInt8}, {text:String}, count() FROM {table:Identifier}'
    expect((await sql.ask(statement, params)).text).toBe("3\tit\\'s\t0\n")
    expect(await sql.ask('SELECT {n:UInt8}')).toMatchObject({ code: 456 })
  })

  it('reads the tables of analysts, with or without their database', async () => {
    for (const address of [{}, { database: 'default' }, { database: 'analytics' }]) {
      expect((await sql.ask('SELECT count() FROM track_weeks', address)).text).toBe('0\n')
    }
    expect((await sql.ask('SELECT count() FROM analytics.tag_weeks')).text).toBe('0\n')
    expect((await sql.ask('SHOW TABLES')).text).toBe('charts\ntag_weeks\ntrack_weeks\ntransition_weeks\n')
    expect((await sql.ask('DESCRIBE charts FORMAT JSONEachRow')).text).toContain('"name":"previous_rank"')
    expect(await sql.ask('SELECT 1', { database: 'playlists' })).toMatchObject({ code: 81 })
  })

  it('is answered in the format that it or its request names', async () => {
    expect((await sql.ask("SELECT 1, 'a'", { default_format: 'CSV' })).text).toBe('1,"a"\n')
    const json = await sql.ask('SELECT 1 AS a FORMAT JSON')
    expect(JSON.parse(json.text)).toMatchObject({ data: [{ a: 1 }], rows: 1 })
    expect(json.headers.get('x-clickhouse-format')).toBe('JSON')
    expect((await sql.ask('SELECT 1 FORMAT Vertical')).text).toContain('Row 1:')
  })

  it('has lower limits where it asks for them, and none that are higher', async () => {
    const limits = "SELECT getSetting('max_execution_time'), getSetting('max_result_rows')"
    expect((await sql.ask(limits, { max_execution_time: '3', max_result_rows: '0' })).text).toBe('3\t10000000\n')
    expect((await sql.ask(limits, { max_execution_time: '3600' })).text).toBe('5\t10000000\n')
    expect((await sql.ask(`${limits} SETTINGS max_execution_time = 2`)).text).toBe('2\t10000000\n')
    expect(await sql.ask('SELECT 1 SETTINGS max_execution_time = 6')).toMatchObject({ code: 452 })
  })

  it('that is wrong is told as a server tells it, without folders of the machine', async () => {
    const cases = [
      ['SELEC 1', 400, 62],
      ['', 400, 62],
      ['SELECT * FROM nothing', 404, 60],
      ["SELECT toUInt8('x')", 400, 6],
      ['SELECT 1; SELECT 2', 400, 62],
      ["SELECT throwIf(1, 'at /var/lib/clickhouse/store/data.bin')", 500, 395],
    ] as const
    for (const [statement, status, code] of cases) {
      const answer = await sql.ask(statement)
      expect([statement, answer.status, answer.code]).toEqual([statement, status, code])
      expect(answer.text).toMatch(/^Code: \d+\. DB::Exception: .*\([A-Z_]+\) \(version [\d.]+\)\n$/s)
      expect(answer.text).not.toContain('/var/')
      expect(answer.text).not.toContain('formatQuery')
    }
  })

  it('is refused before all of it was read, where it is too long', async () => {
    expect(await sql.ask(`SELECT '${'x'.repeat(300_000)}'`)).toMatchObject({ status: 413, code: 229 })
  })
})

describe('the official client', () => {
  it('connects, asks, and gets errors as from a server', async () => {
    const client = await sql.client()
    expect(await client.ping()).toEqual({ success: true })
    expect(await client.ping({ select: true })).toEqual({ success: true })
    const result = await client.query({
      query: 'SELECT {n:UInt8} AS n, version() AS version FROM {table:Identifier}',
      query_params: { n: 7, table: 'system.one' },
    })
    expect(await result.json()).toMatchObject({ data: [{ n: 7 }] })
    await expect(client.query({ query: 'SELECT * FROM playlists.sessions' })).rejects.toMatchObject({
      code: '497',
      type: 'ACCESS_DENIED',
    })
    await expect(client.insert({ table: 'charts', values: [{ djs: 1 }], format: 'JSONEachRow' })).rejects.toMatchObject(
      {
        code: '164',
      },
    )
  })

  it.each(['JSONEachRow', 'CSV'] as const)('streams a million rows as %s', async (format) => {
    const client = await sql.client({ compression: { response: true } })
    const result = await client.query({ query: 'SELECT number AS n FROM numbers(1000000)', format })
    let rows = 0
    for await (const part of result.stream()) rows += part.length
    expect(rows).toBe(1_000_000)
  })

  it('hears of a statement that takes too long', async () => {
    const client = await sql.client()
    const query = 'SELECT sum(sipHash64(a.number, b.number)) FROM numbers(40000) AS a, numbers(40000) AS b'
    await expect(client.query({ query, clickhouse_settings: { max_execution_time: 1 } })).rejects.toMatchObject({
      code: '159',
    })
  })
})

it('says what it needs at connecting: settings, functions, types, its own tables', async () => {
  const statements = [
    'SELECT version(), timezone()',
    'SELECT name, value, readonly FROM system.settings LIMIT 1',
    "SELECT name FROM system.databases WHERE name NOT IN ('system')",
    "SELECT name, engine, comment FROM system.tables WHERE database = 'analytics' LIMIT 1",
    "SELECT name, type, default_kind FROM system.columns WHERE database = 'analytics' AND table = 'charts' LIMIT 1",
    'SELECT name FROM system.functions LIMIT 1',
    'SELECT name, case_insensitive, alias_to FROM system.data_type_families LIMIT 1',
    'SELECT currentUser() AS user, timezone() AS timezone, version() AS version LIMIT 1 FORMAT RowBinaryWithNamesAndTypes',
    'SHOW DATABASES',
    'DESCRIBE TABLE analytics.charts',
  ]
  for (const statement of statements) {
    const answer = await sql.ask(statement, { session_id: 'one', session_timeout: '60' })
    expect([statement, answer.code, answer.text === '']).toEqual([statement, 0, false])
  }
})
