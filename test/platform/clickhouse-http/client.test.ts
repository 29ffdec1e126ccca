import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { waitFor } from '../../support/wait-for.ts'
import { openInterface, STATEMENTS_MAX } from './open-interface.ts'

const { client: newClient } = openInterface()

describe('the official client', () => {
  it('pings, with and without a statement', async () => {
    const client = newClient()
    expect(await client.ping()).toEqual({ success: true })
    expect(await client.ping({ select: true })).toEqual({ success: true })
  })

  it.each([
    {},
    { compression: { request: true, response: true } },
    { compression: { response: { codec: 'br' } } } as const,
  ])('makes a table, fills it and reads it, with %j', async (options) => {
    const client = newClient(options)
    await client.command({
      query: 'CREATE OR REPLACE TABLE plays (id UInt64, title String) ENGINE = MergeTree ORDER BY id',
    })
    const rows = Array.from({ length: 5_000 }, (_, id) => ({ id, title: `Low Tide 🎧 ${id}` }))
    const inserted = await client.insert({ table: 'plays', values: rows.slice(0, 100), format: 'JSONEachRow' })
    expect(inserted.summary?.written_rows).toBe('100')
    await client.insert({ table: 'plays', values: Readable.from(rows.slice(100)), format: 'JSONEachRow' })
    const found = await client.query({ query: 'SELECT * FROM plays ORDER BY id', format: 'JSONEachRow' })
    expect(await found.json()).toEqual(rows)
  })

  it('inserts bytes of any format as they come', async () => {
    const client = newClient()
    await client.command({ query: 'CREATE OR REPLACE TABLE bytes (a String) ENGINE = MergeTree ORDER BY a' })
    for (const format of ['RowBinary', 'Native', 'Parquet']) {
      const all = await client.exec({ query: `SELECT unhex('00ff0a27') AS a FORMAT ${format}` })
      const bytes = await all.stream.toArray()
      const inserted = await client.exec({
        query: `INSERT INTO bytes FORMAT ${format}`,
        values: Readable.from([Buffer.concat(bytes)], { objectMode: false }),
      })
      await text(inserted.stream)
    }
    const found = await client.query({
      query: 'SELECT hex(a) AS a, count() AS n FROM bytes GROUP BY a',
      format: 'JSONCompactEachRow',
    })
    expect(await found.json()).toEqual([['00FF0A27', 3]])
  })

  it.each([
    ['JSON', /"meta"/g, 1],
    ['JSONCompact', /"meta"/g, 1],
    ['JSONEachRow', /"n"/g, 200_000],
    ['CSVWithNames', /"n"/g, 1],
    ['TabSeparatedWithNamesAndTypes', /UInt64/g, 1],
    ['Parquet', /PAR1/g, 2],
  ])('reads a table of many parts as one, in %s', async (format, sign, times) => {
    const client = newClient()
    for (const wait_end_of_query of [0, 1] as const) {
      const { stream } = await client.exec({
        query: `SELECT number AS n FROM numbers(200000) FORMAT ${format}`,
        clickhouse_settings: { wait_end_of_query },
      })
      const bytes = Buffer.concat(await stream.toArray())
      expect(bytes.toString('latin1').match(sign)).toHaveLength(times)
    }
  })

  it('streams a million rows', async () => {
    const answer = await newClient().query({ query: 'SELECT number FROM numbers(1000000)', format: 'JSONEachRow' })
    let rows = 0
    for await (const part of answer.stream()) rows += part.length
    expect(rows).toBe(1_000_000)
  })

  it('hears of an error as from a server: at once, in the middle of a result, and where it waits for the whole', async () => {
    const client = newClient()
    await expect(client.query({ query: 'SELECT * FROM nothing' })).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    })
    const late = { query: 'SELECT throwIf(number = 900000) FROM numbers(1000000)', format: 'JSONEachRow' } as const
    const expected = { code: '395', type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' }
    const answer = await client.query(late)
    await expect(answer.stream().toArray()).rejects.toMatchObject(expected)
    await expect(client.query({ ...late, clickhouse_settings: { wait_end_of_query: 1 } })).rejects.toMatchObject(
      expected,
    )
  })

  it('sends parameters in the address and, where they are many, in a form', async () => {
    const client = newClient({ use_multipart_params_auto: true })
    for (const length of [3, 5_000]) {
      const list = Array.from({ length }, (_, index) => `it's "${index}"\t\\ 🎧`)
      const answer = await client.query({
        query: 'SELECT {list:Array(String)} AS list',
        query_params: { list },
        format: 'JSONEachRow',
      })
      expect(await answer.json()).toEqual([{ list }])
    }
  })

  it('hears that a long statement is still running, so that it does not give up', async () => {
    const client = newClient({
      request_timeout: 1_000,
      clickhouse_settings: {
        send_progress_in_http_headers: 1,
        http_headers_progress_interval_ms: '100',
        wait_end_of_query: 1,
      },
    })
    const answer = await client.query({
      query: 'SELECT sum(sleepEachRow(0.5)) AS slept FROM numbers(5) SETTINGS max_block_size = 1',
      format: 'JSONEachRow',
    })
    expect(await answer.json()).toEqual([{ slept: 0 }])
  })

  it('ends its query at the server when it gives up', async () => {
    const client = newClient()
    const running = async () => {
      const answer = await client.query({
        query: "SELECT query FROM system.processes WHERE query LIKE '%numbers(777)%' AND query NOT LIKE '%processes%'",
        format: 'JSONEachRow',
      })
      return await answer.json()
    }
    for (const wait_end_of_query of [0, 1] as const) {
      const gone = new AbortController()
      const query =
        'SELECT sleepEachRow(0.1) FROM numbers(777) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0'
      const asked = client
        .query({ query, abort_signal: gone.signal, clickhouse_settings: { wait_end_of_query } })
        .then((answer) => answer.text())
      await waitFor('the query to run', async () => (await running()).length > 0)
      gone.abort()
      await expect(asked).rejects.toThrow()
      await waitFor('the query to end', async () => (await running()).length === 0)
    }
  })

  it('gets answers to more statements than there are places for at once', async () => {
    const client = newClient({ max_open_connections: STATEMENTS_MAX * 4 })
    const numbers = Array.from({ length: STATEMENTS_MAX * 4 }, (_, n) => n)
    const answers = await Promise.all(
      numbers.map(
        async (n) =>
          await (await client.query({ query: `SELECT ${n} AS n, sleep(0.05)`, format: 'JSONEachRow' })).json<{
            n: number
          }>(),
      ),
    )
    expect(answers.flat().map(({ n }) => n)).toEqual(numbers)
  })
})
