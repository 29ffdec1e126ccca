import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openInterface } from './open-interface.ts'

const sql = openInterface()
const answerTo = async (...request: Parameters<typeof sql.post>) => await (await sql.post(...request)).text()

describe("ClickHouse's HTTP interface", () => {
  it('says that it lives', async () => {
    for (const place of ['', '/', '/ping', '/replicas_status']) {
      const answer = await fetch(sql.url + place)
      expect([answer.status, await answer.text()]).toEqual([200, 'Ok.\n'])
    }
  })

  it('takes a statement from the address, from the body, and from one behind the other', async () => {
    expect(await (await fetch(`${sql.url}/?query=SELECT%201`)).text()).toBe('1\n')
    expect(await answerTo('SELECT 2')).toBe('2\n')
    expect(await answerTo('+ 3', { query: 'SELECT 1' })).toBe('4\n')
  })

  it('takes a compressed body, and says of one that is none', async () => {
    const send = async (body: Uint8Array) =>
      await (await fetch(`${sql.url}/`, { method: 'POST', body, headers: { 'content-encoding': 'gzip' } })).text()
    expect(await send(gzipSync('SELECT 5'))).toBe('5\n')
    expect(await send(Buffer.from('SELECT 5'))).toContain('CANNOT_DECOMPRESS')
  })

  it('answers in the format of the statement, else of the address, else of the header, else with tabs', async () => {
    expect(await answerTo("SELECT 1, 'a'")).toBe('1\ta\n')
    expect(await answerTo("SELECT 1, 'a'", {}, { 'X-ClickHouse-Format': 'CSV' })).toBe('1,"a"\n')
    expect(await answerTo("SELECT 1, 'a'", { default_format: 'JSONCompactEachRow' })).toBe('[1, "a"]\n')
    const answer = await sql.post('SELECT 1 AS a FORMAT JSONEachRow', { default_format: 'CSV' })
    expect(answer.headers.get('x-clickhouse-format')).toBe('JSONEachRow')
    expect(await answer.text()).toBe('{"a":1}\n')
  })

  it('binds parameters, escaped as in an address', async () => {
    const params = { param_text: "it's\\ta tab", param_none: '\\N', param_list: "['a','b']", param_table: 'one' }
    const query =
      'SELECT {text:String}, {none:Nullable(String)}, {list:Array(String)}, count() FROM system.{table:Identifier} FORMAT JSONCompactEachRow'
    expect(JSON.parse(await answerTo(query, params))).toEqual(["it's\ta tab", null, ['a', 'b'], 1])
  })

  it('takes rows behind the statement, wherever it ends', async () => {
    await answerTo('CREATE OR REPLACE TABLE rows (a UInt8, b String) ENGINE = MergeTree ORDER BY a')
    await answerTo("INSERT INTO rows VALUES (1, 'one'), (2, 'it''s;')")
    await answerTo('{"a":3,"b":"dreißig"}', { query: 'INSERT INTO rows FORMAT JSONEachRow' })
    await answerTo('INSERT INTO rows (b, a) FORMAT CSV\n"four",4\n"five",5')
    await answerTo("(6, 'six')", { query: 'INSERT INTO rows VALUES' })
    expect(await answerTo('SELECT groupArray((a, b)) FROM (SELECT * FROM rows ORDER BY a)')).toBe(
      "[(1,'one'),(2,'it\\'s;'),(3,'dreißig'),(4,'four'),(5,'five'),(6,'six')]\n",
    )
  })

  it('tells exceptions by status, header and text', async () => {
    const cases = [
      ['SELEC 1', 400, 62, 'SYNTAX_ERROR'],
      ['SELECT * FROM nothing', 404, 60, 'UNKNOWN_TABLE'],
      ["SELECT throwIf(1, 'because')", 500, 395, 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
      ['', 400, 62, 'SYNTAX_ERROR'],
      ['SELECT 1; SELECT 2', 400, 62, 'SYNTAX_ERROR'],
    ] as const
    for (const [query, status, code, type] of cases) {
      const answer = await sql.post(query)
      expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([status, `${code}`])
      expect(await answer.text()).toMatch(
        new RegExp(`^Code: ${code}\\. DB::Exception: .* \\(${type}\\) \\(version [\\d.]+\\)\\n$`, 's'),
      )
    }
  })

  it('changes nothing by an address that somebody followed', async () => {
    const answer = await fetch(`${sql.url}/?query=DROP%20TABLE%20IF%20EXISTS%20rows`)
    expect(answer.headers.get('x-clickhouse-exception-code')).toBe('164')
  })

  it('refuses what it cannot do, instead of doing something else', async () => {
    for (const parameters of [{ session_id: 'a' }, { decompress: '1' }, { compress: '1' }, { role: 'a' }]) {
      expect(await answerTo('SELECT 1', parameters)).toContain('NOT_IMPLEMENTED')
    }
  })

  it('names the query as the client does, where that is a name', async () => {
    const named = await sql.post('SELECT 1', { query_id: 'mine-1' })
    expect(named.headers.get('x-clickhouse-query-id')).toBe('mine-1')
    const other = await sql.post('SELECT 1', { query_id: 'a\r\nb' })
    expect(other.headers.get('x-clickhouse-query-id')).toMatch(/^[\da-f-]{36}$/)
  })

  it('knows no other path', async () => {
    expect((await fetch(`${sql.url}/elsewhere`)).status).toBe(404)
    expect((await fetch(new URL('/', sql.url))).status).toBe(404)
  })

  it('writes no row of a request that breaks off', async () => {
    await answerTo('CREATE OR REPLACE TABLE broken (a UInt64) ENGINE = MergeTree ORDER BY a')
    const gone = new AbortController()
    async function* rows() {
      yield Buffer.from('{"a":1}\n'.repeat(500_000))
      gone.abort()
      yield Buffer.from('{"a":2}\n')
    }
    const sending = fetch(`${sql.url}/?query=${encodeURIComponent('INSERT INTO broken FORMAT JSONEachRow')}`, {
      method: 'POST',
      body: ReadableStream.from(rows()),
      duplex: 'half',
      signal: gone.signal,
    } as RequestInit)
    await expect(sending).rejects.toThrow()
    // A place is free again only when the insert has ended.
    await Promise.all([1, 2, 3].map(() => answerTo('SELECT sleep(0.01)')))
    expect(await answerTo('SELECT count() FROM broken')).toBe('0\n')
  })
})

describe('a statement leaves to the next one', () => {
  /** Each of the few connections has had many statements by then. */
  const everywhere = async (query: string, parameters: Record<string, string> = {}) =>
    new Set(await Promise.all(Array.from({ length: 12 }, () => answerTo(query, parameters))))

  it('no setting', async () => {
    const size = "SELECT getSetting('max_block_size')"
    const before = await everywhere(size)
    expect(await everywhere(size, { max_block_size: '77' })).toEqual(new Set(['77\n']))
    expect(await everywhere(size)).toEqual(before)
    await everywhere('SET max_block_size = 78')
    expect(await everywhere(size)).toEqual(before)
  })

  it('no limit that could not be taken back', async () => {
    await everywhere('SELECT 1', { readonly: '1' })
    expect(await everywhere('SELECT 1', { max_threads: '1' })).toEqual(new Set(['1\n']))
  })

  it('no parameter, and no database', async () => {
    await everywhere('SELECT {secret:String}', { param_secret: 'mine' })
    for (const answer of await everywhere('SELECT {secret:String}')) expect(answer).toContain('UNKNOWN_QUERY_PARAMETER')
    expect(await everywhere('SELECT currentDatabase()', { database: 'system' })).toEqual(new Set(['system\n']))
    await everywhere('USE system')
    expect(await everywhere('SELECT currentDatabase()')).toEqual(new Set(['default\n']))
  })

  it('no table of its own', async () => {
    await everywhere('CREATE TEMPORARY TABLE mine (a UInt8)')
    for (const answer of await everywhere('SELECT * FROM mine')) expect(answer).toContain('UNKNOWN_TABLE')
  })

  it('no setting that it was refused', async () => {
    for (const answer of await everywhere('SELECT 1', { max_threads: '1', no_such_setting: '1' })) {
      expect(answer).toContain('UNKNOWN_SETTING')
    }
    for (const name of ['a b', "a'", 'a = 1, b']) {
      expect(await answerTo('SELECT 1', { [name]: '1' })).toContain('UNKNOWN_SETTING')
    }
  })
})
