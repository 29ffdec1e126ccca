import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function openStore(folder = temporaryFolder()) {
  const store = openEmbeddedStore({ folder })
  onTestFinished(() => store.close())
  return store
}

const lines = (...rows: object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

async function makeTable(connection: StoreConnection): Promise<void> {
  await connection.run('CREATE DATABASE IF NOT EXISTS test')
  await connection.run(
    "CREATE TABLE test.plays (id UInt64, title String, at DateTime64(3, 'UTC'), tags Array(String)) ENGINE = MergeTree ORDER BY id",
  )
}

const play = { id: '18446744073709551615', title: "It's", at: '2026-02-13 07:58:00.123', tags: ['a', 'b'] }

describe('the embedded store', () => {
  it('tells 64-bit integers as text, so that none is rounded', async () => {
    const rows = await openStore()
      .connect('site')
      .rows('SELECT toUInt64(18446744073709551615) AS u, toInt64(-9223372036854775808) AS i, toUInt32(7) AS small')
    expect(rows).toEqual([{ u: '18446744073709551615', i: '-9223372036854775808', small: 7 }])
  })

  it('hands back what was inserted, and counts times in UTC', async () => {
    const connection = openStore().connect('ingest')
    await makeTable(connection)
    await connection.insert({ table: 'test.plays', lines: lines(play, { ...play, id: '1', title: 'Zwei' }) })
    expect(await connection.rows('SELECT * FROM test.plays ORDER BY id')).toEqual([
      { ...play, id: '1', title: 'Zwei' },
      play,
    ])
  })

  it('takes an RFC 3339 time with an offset', async () => {
    const connection = openStore().connect('ingest')
    await makeTable(connection)
    await connection.insert({ table: 'test.plays', lines: lines({ ...play, at: '2026-02-13T20:58:00.123+13:00' }) })
    expect(await connection.rows('SELECT at FROM test.plays')).toEqual([{ at: '2026-02-13 07:58:00.123' }])
  })

  it('takes only the rows that the view of the bytes spans', async () => {
    const connection = openStore().connect('ingest')
    await makeTable(connection)
    const all = lines({ ...play, id: '1' }, { ...play, id: '2' }, { ...play, id: '3' })
    const first = all.indexOf('\n') + 1
    const second = all.indexOf('\n', first) + 1
    await connection.insert({ table: 'test.plays', lines: all.subarray(first, second) })
    expect(await connection.rows('SELECT id FROM test.plays')).toEqual([{ id: '2' }])
  })

  it('binds parameters as values, whatever is in them', async () => {
    const connection = openStore().connect('site')
    const texts = [
      "it's",
      'a "quote"',
      'back\\slash',
      'tab\tand\nnewline',
      "'; DROP TABLE x; --",
      '{x:String}',
      '🎧',
      '',
    ]
    const rows = await connection.rows(
      'SELECT {text:String} AS text, {list:Array(String)} AS list, {big:UInt64} AS big, {missing:Nullable(String)} AS missing',
      { text: texts.join('|'), list: texts, big: '18446744073709551615', missing: null },
    )
    expect(rows).toEqual([{ text: texts.join('|'), list: texts, big: '18446744073709551615', missing: null }])
  })

  it('binds any text, and any list of texts', async () => {
    const connection = openStore().connect('site')
    const text = fc.string({ unit: 'grapheme' })
    await fc.assert(
      fc.asyncProperty(text, fc.array(text), async (one, list) => {
        const rows = await connection.rows('SELECT {one:String} AS one, {list:Array(String)} AS list', { one, list })
        expect(rows).toEqual([{ one, list }])
      }),
    )
  })

  it('says of a refused statement only the number of the error, for its text may quote data', async () => {
    const connection = openStore().connect('account')
    const failure = await connection.rows("SELECT throwIf(1, 'a secret title')").catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TonearmError)
    expect(failure).toMatchObject({ code: 'store-refused', retryable: false })
    expect(String(failure)).toMatch(/ClickHouse error \d+$/)
  })

  it('refuses rows that do not fit without repeating them, and keeps none of them', async () => {
    const connection = openStore().connect('ingest')
    await makeTable(connection)
    const failure = await connection
      .insert({ table: 'test.plays', lines: lines(play, { ...play, id: 'a secret id' }) })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'row-refused', retryable: false })
    expect(String(failure)).not.toContain('secret')
    expect(await connection.rows('SELECT count() AS n FROM test.plays')).toEqual([{ n: '0' }])
  })

  it('calls an error that passes unavailable, so that it is tried again', async () => {
    const failure = openStore()
      .connect('charts')
      .rows('SELECT number FROM numbers(100000000) ORDER BY cityHash64(number) SETTINGS max_memory_usage = 1000000')
    await expect(failure).rejects.toMatchObject({ code: 'store-unavailable', retryable: true })
  })

  it('goes on after an error', async () => {
    const connection = openStore().connect('site')
    await expect(connection.run('NONSENSE')).rejects.toMatchObject({ code: 'store-refused' })
    expect(await connection.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('serves two jobs at once, each seeing what the other wrote', async () => {
    const store = openStore()
    const [ingest, charts] = [store.connect('ingest'), store.connect('charts')]
    expect(charts).not.toBe(ingest)
    await makeTable(ingest)
    const slow = charts.rows('SELECT max(cityHash64(number)) > 0 AS ready FROM numbers(20000000)')
    await ingest.insert({ table: 'test.plays', lines: lines(play) })
    expect(await charts.rows('SELECT count() AS n FROM test.plays')).toEqual([{ n: '1' }])
    expect(await slow).toEqual([{ ready: 1 }])
  })

  it('opens one connection a job', () => {
    const store = openStore()
    expect(store.connect('site')).toBe(store.connect('site'))
  })

  it('runs many statements that were sent at once over one connection', async () => {
    const connection = openStore().connect('site')
    const numbers = Array.from({ length: 50 }, (_, i) => i)
    const answers = await Promise.all(
      numbers.map((n) => connection.rows<{ n: number }>('SELECT {n:UInt8} AS n', { n })),
    )
    expect(answers.flat().map(({ n }) => n)).toEqual(numbers)
  })

  it('has its rows again when it is opened again after a close', async () => {
    const folder = temporaryFolder()
    const store = openEmbeddedStore({ folder })
    await makeTable(store.connect('ingest'))
    await store.connect('ingest').insert({ table: 'test.plays', lines: lines(play) })
    await store.close()
    expect(await openStore(folder).connect('site').rows('SELECT * FROM test.plays')).toEqual([play])
  })

  it('closes when nothing was asked of it, and when it is closed already', async () => {
    const store = openEmbeddedStore({ folder: temporaryFolder() })
    await store.close()
    store.connect('site')
    await store.close()
    await expect(store.close()).resolves.toBeUndefined()
  })

  it('answers a ping', async () => {
    await expect(openStore().ping()).resolves.toBeUndefined()
  })

  it('makes its folder where it is missing', async () => {
    const folder = join(temporaryFolder(), 'a', 'store')
    await openStore(folder).ping()
    expect(existsSync(folder)).toBe(true)
  })

  it('cannot be opened where a file lies in its place', () => {
    const file = join(temporaryFolder(), 'store')
    writeFileSync(file, '')
    expect(() => openEmbeddedStore({ folder: file })).toThrow()
  })
})
