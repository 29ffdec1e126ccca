/**
 * What every adapter of the store promises. An adapter's test file calls this once with a way to make its stores.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { migrate } from '#platform/store/migrate.ts'
import { purgeTables } from '#platform/store/purge.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'

/** One store, without tables at first, that can be opened again after a close. */
export interface StoreUnderTest {
  open(): Store
  /** Where the engine keeps its files. */
  readonly folder: string
}

export function storeContract(name: string, create: () => Promise<StoreUnderTest>): void {
  async function openNew() {
    const { open, folder } = await create()
    const store = open()
    onTestFinished(() => store.close())
    return { store, open, folder }
  }

  async function openPlays() {
    const { store, ...rest } = await openNew()
    const connection = store.connect('ingest')
    await connection.run('CREATE DATABASE test')
    await connection.run(
      "CREATE TABLE test.plays (id UInt64, title String, at DateTime64(3, 'UTC'), tags Array(String)) ENGINE = MergeTree ORDER BY id",
    )
    return { ...rest, store, connection }
  }

  const countPlays = async (connection: StoreConnection) =>
    (await connection.rows<{ n: string }>('SELECT count() AS n FROM test.plays'))[0]?.n

  describe(`store: ${name}`, () => {
    describe('rows', () => {
      it('tells 64-bit integers as text, so that none is rounded', async () => {
        const { store } = await openNew()
        const rows = await store
          .connect('site')
          .rows('SELECT toUInt64(18446744073709551615) AS u, toInt64(-9223372036854775808) AS i, toUInt32(7) AS small')
        expect(rows).toEqual([{ u: '18446744073709551615', i: '-9223372036854775808', small: 7 }])
      })

      it('are none where there are none', async () => {
        const { connection } = await openPlays()
        expect(await connection.rows('SELECT * FROM test.plays')).toEqual([])
      })

      it('are an error where one of the last of a million is', async () => {
        const { store } = await openNew()
        const rows = store.connect('site').rows('SELECT throwIf(number = 900000) FROM numbers(1000000)')
        await expect(rows).rejects.toMatchObject({ code: 'store-refused' })
      })

      it('come whole, however many there are', async () => {
        const { store } = await openNew()
        const rows = await store.connect('exports').rows<{ n: string }>('SELECT number AS n FROM numbers(300000)')
        expect(rows.length).toBe(300_000)
        expect(rows.at(-1)).toEqual({ n: '299999' })
      })
    })

    describe('insert', () => {
      it('hands back what was inserted, and counts times in UTC', async () => {
        const { connection } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: lines(play, { ...play, id: '1', title: 'Zwei' }) })
        expect(await connection.rows('SELECT * FROM test.plays ORDER BY id')).toEqual([
          { ...play, id: '1', title: 'Zwei' },
          play,
        ])
      })

      it('takes an RFC 3339 time with an offset', async () => {
        const { connection } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: lines({ ...play, at: '2026-02-13T20:58:00.123+13:00' }) })
        expect(await connection.rows('SELECT at FROM test.plays')).toEqual([{ at: '2026-02-13 07:58:00.123' }])
      })

      it('takes only the rows that the view of the bytes spans', async () => {
        const { connection } = await openPlays()
        const all = lines({ ...play, id: '1' }, { ...play, id: '2' }, { ...play, id: '3' })
        const first = all.indexOf('\n') + 1
        const second = all.indexOf('\n', first) + 1
        await connection.insert({ table: 'test.plays', lines: all.subarray(first, second) })
        expect(await connection.rows('SELECT id FROM test.plays')).toEqual([{ id: '2' }])
      })

      it('takes no rows at all, and many megabytes of them', async () => {
        const { connection } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: new Uint8Array() })
        expect(await countPlays(connection)).toBe('0')
        const titles = Array.from({ length: 20_000 }, (_, id) => ({ ...play, id, title: `${id} `.repeat(200) }))
        await connection.insert({ table: 'test.plays', lines: lines(...titles) })
        expect(await countPlays(connection)).toBe('20000')
      })

      it('refuses rows that do not fit without repeating them, and keeps none of them', async () => {
        const { connection } = await openPlays()
        const failure = await connection
          .insert({ table: 'test.plays', lines: lines(play, { ...play, id: 'a secret id' }) })
          .catch((error: unknown) => error)
        expect(failure).toMatchObject({ code: 'row-refused', retryable: false })
        expect(String(failure)).not.toContain('secret')
        expect(await countPlays(connection)).toBe('0')
      })

      it('keeps the same rows twice in a table that knows no keys, and again after they were deleted', async () => {
        const { connection } = await openPlays()
        for (let time = 0; time < 2; time += 1) await connection.insert({ table: 'test.plays', lines: lines(play) })
        expect(await countPlays(connection)).toBe('2')
        await connection.run('DELETE FROM test.plays WHERE 1')
        await connection.insert({ table: 'test.plays', lines: lines(play) })
        expect(await countPlays(connection)).toBe('1')
      })
    })

    describe('parameters', () => {
      it('are values, whatever is in them', async () => {
        const { store } = await openNew()
        const rows = await store
          .connect('site')
          .rows('SELECT {text:String} AS text, {list:Array(String)} AS list', { text: texts.join('|'), list: texts })
        expect(rows).toEqual([{ text: texts.join('|'), list: texts }])
      })

      it('are any text, and any list of texts', async () => {
        const { store } = await openNew()
        const text = fc.string({ unit: 'grapheme' })
        await fc.assert(
          fc.asyncProperty(text, fc.array(text), async (one, list) => {
            const rows = await store
              .connect('site')
              .rows('SELECT {one:String} AS one, {list:Array(String)} AS list', { one, list })
            expect(rows).toEqual([{ one, list }])
          }),
        )
      })

      it('are of every type that statements use', async () => {
        const { store } = await openNew()
        const rows = await store.connect('site').rows(
          `SELECT {big:UInt64} AS big, {bigs:Array(UInt64)} AS bigs, {signed:Array(Int64)} AS signed, {small:UInt16} AS small,
             {number:Float64} AS number, {flag:Bool} AS flag, {nothing:Nullable(String)} AS nothing,
             toString({at:DateTime64(3, 'UTC')}) AS at, {pairs:Array(Tuple(UInt64, String))} AS pairs`,
          {
            big: '18446744073709551615',
            bigs: [18446744073709551615n, 1n],
            signed: [-5, 5],
            small: 7,
            number: 0.5,
            flag: true,
            nothing: null,
            at: '2026-02-13 07:58:00.123',
            pairs: [],
          },
        )
        expect(rows).toEqual([
          {
            big: '18446744073709551615',
            bigs: ['18446744073709551615', '1'],
            signed: ['-5', '5'],
            small: 7,
            number: 0.5,
            flag: true,
            nothing: null,
            at: '2026-02-13 07:58:00.123',
            pairs: [],
          },
        ])
      })

      it('are lists of many thousands, in queries and in other statements', async () => {
        const { connection } = await openPlays()
        const ids = Array.from({ length: 30_000 }, (_, id) => `${id}`)
        await connection.insert({
          table: 'test.plays',
          lines: lines(...ids.map((id) => ({ ...play, id, title: `it's ${id}` }))),
        })
        const titles = ids.slice(1).map((id) => `it's ${id}`)
        const found = 'SELECT count() AS n FROM test.plays WHERE title IN {titles:Array(String)}'
        expect(await connection.rows(found, { titles })).toEqual([{ n: '29999' }])
        await connection.run('DELETE FROM test.plays WHERE title IN {titles:Array(String)}', { titles })
        expect(await connection.rows('SELECT title FROM test.plays')).toEqual([{ title: "it's 0" }])
      })

      it('that a statement was not given are missing, although an earlier one was', async () => {
        const { store } = await openNew()
        const connection = store.connect('site')
        expect(await connection.rows('SELECT {n:UInt8} AS n', { n: 1 })).toEqual([{ n: 1 }])
        await expect(connection.rows('SELECT {n:UInt8} AS n')).rejects.toMatchObject({ code: 'store-refused' })
      })
    })

    describe('errors', () => {
      it('tell only the number, for the text may quote data', async () => {
        const { store } = await openNew()
        const failure = await store
          .connect('account')
          .rows("SELECT throwIf(1, 'a secret title')")
          .catch((error: unknown) => error)
        expect(failure).toBeInstanceOf(TonearmError)
        expect(failure).toMatchObject({ code: 'store-refused', retryable: false })
        expect(String(failure)).toMatch(/ClickHouse error \d+$/)
      })

      it('that pass are called unavailable, so that it is tried again', async () => {
        const { store } = await openNew()
        const failure = store
          .connect('charts')
          .rows('SELECT number FROM numbers(100000000) ORDER BY cityHash64(number) SETTINGS max_memory_usage = 1000000')
        await expect(failure).rejects.toMatchObject({ code: 'store-unavailable', retryable: true })
      })

      it('of a table that there is not are refusals, whatever was to be done with it', async () => {
        const { store } = await openNew()
        const connection = store.connect('site')
        const refused = { code: 'store-refused', retryable: false }
        await expect(connection.rows('SELECT * FROM nowhere.nothing')).rejects.toMatchObject(refused)
        await expect(connection.run('TRUNCATE TABLE nowhere.nothing')).rejects.toMatchObject(refused)
        await expect(connection.insert({ table: 'nowhere.nothing', lines: lines(play) })).rejects.toMatchObject(refused)
      })

      it('leave the connection as it was', async () => {
        const { store } = await openNew()
        const connection = store.connect('site')
        await expect(connection.run('NONSENSE')).rejects.toMatchObject({ code: 'store-refused' })
        expect(await connection.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
      })
    })

    describe('statements', () => {
      it('delete so that nobody sees the rows any more', async () => {
        const { store, connection } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: lines(play, { ...play, id: '1' }) })
        await connection.run('DELETE FROM test.plays WHERE id = {id:UInt64}', { id: 1 })
        expect(await store.connect('site').rows('SELECT * FROM test.plays')).toEqual([play])
      })

      it('change and empty a table at once', async () => {
        const { store, connection } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: lines(play) })
        await connection.run("ALTER TABLE test.plays UPDATE title = 'B' WHERE 1 SETTINGS mutations_sync = 2")
        expect(await store.connect('site').rows('SELECT title FROM test.plays')).toEqual([{ title: 'B' }])
        await connection.run('TRUNCATE TABLE test.plays')
        expect(await countPlays(store.connect('site'))).toBe('0')
      })

      it('fill one table from another', async () => {
        const { connection } = await openPlays()
        await connection.run('CREATE TABLE test.titles (title String) ENGINE = MergeTree ORDER BY title')
        await connection.insert({ table: 'test.plays', lines: lines(play, { ...play, title: 'B' }) })
        await connection.run('INSERT INTO test.titles SELECT title FROM test.plays WHERE title = {title:String}', {
          title: 'B',
        })
        expect(await connection.rows('SELECT * FROM test.titles')).toEqual([{ title: 'B' }])
      })

      it('make views that read with the rights of who made them, and take a parameter', async () => {
        const { connection } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: lines(play, { ...play, id: '1', title: 'B' }) })
        await connection.run(
          `CREATE VIEW test.titled DEFINER = CURRENT_USER SQL SECURITY DEFINER
           AS SELECT toString(id) AS id FROM test.plays WHERE title = {title:String}`,
        )
        const found = 'SELECT id FROM test.titled(title = {title:String})'
        expect(await connection.rows(found, { title: 'B' })).toEqual([{ id: '1' }])
      })

      it('that name a setting set it for themselves alone', async () => {
        const { store } = await openNew()
        const connection = store.connect('charts')
        const threads = "SELECT getSetting('max_block_size') AS size"
        const [before] = await connection.rows(threads)
        expect(await connection.rows(`${threads} SETTINGS max_block_size = 77`)).toEqual([{ size: 77 }])
        expect(await connection.rows(threads)).toEqual([before])
      })
    })

    describe('jobs', () => {
      it('have one connection each', async () => {
        const { store } = await openNew()
        expect(store.connect('site')).toBe(store.connect('site'))
        expect(store.connect('charts')).not.toBe(store.connect('site'))
      })

      it('see what the others wrote, also while one has a long query', async () => {
        const { store, connection } = await openPlays()
        const charts = store.connect('charts')
        const slow = charts.rows('SELECT max(cityHash64(number)) > 0 AS ready FROM numbers(20000000)')
        await connection.insert({ table: 'test.plays', lines: lines(play) })
        expect(await countPlays(charts)).toBe('1')
        expect(await slow).toEqual([{ ready: 1 }])
      })

      it('may send many statements at once', async () => {
        const { store } = await openNew()
        const connection = store.connect('site')
        const numbers = Array.from({ length: 50 }, (_, i) => i)
        const answers = await Promise.all(
          numbers.map((n) => connection.rows<{ n: number }>('SELECT {n:UInt8} AS n', { n })),
        )
        expect(answers.flat().map(({ n }) => n)).toEqual(numbers)
      })
    })

    describe('opening and closing', () => {
      it('finds its rows again', async () => {
        const { store, connection, open } = await openPlays()
        await connection.insert({ table: 'test.plays', lines: lines(play) })
        await store.close()
        const again = open()
        onTestFinished(() => again.close())
        expect(await again.connect('site').rows('SELECT * FROM test.plays')).toEqual([play])
      })

      it('closes when nothing was asked of it, and when it is closed already', async () => {
        const { open } = await create()
        const store = open()
        await store.close()
        store.connect('site')
        await store.close()
        await expect(store.close()).resolves.toBeUndefined()
      })

      it('answers a ping', async () => {
        const { store } = await openNew()
        await expect(store.ping()).resolves.toBeUndefined()
      })
    })

    describe('the tables of the service', () => {
      it('are made, each file once', async () => {
        const { store } = await openNew()
        const numbers = readdirSync(new URL('../../../schemas/tables/', import.meta.url)).map((file) =>
          Number(file.slice(0, 4)),
        )
        expect(await migrate(store, Date.now)).toEqual(numbers.sort((a, b) => a - b))
        expect(await migrate(store, Date.now)).toEqual([])
      })

      it('keep nothing of a deleted row on the disk once they were purged', async () => {
        const { store, folder } = await openNew()
        await migrate(store, Date.now)
        const connection = store.connect('privacy')
        const row = (owner: string) => ({ owner, member: 'name', value: '"a name"', version: 1 })
        const table = 'playlists.profile_members'
        await connection.insert({ table, lines: lines(row('marker-that-goes'), row('marker-that-stays')) })
        await connection.run(`DELETE FROM ${table} WHERE owner = {owner:String}`, { owner: 'marker-that-goes' })
        await purgeTables(connection, [table])
        expect(filesWith(folder, 'marker-that-goes')).toEqual([])
        expect(filesWith(folder, 'marker-that-stays')).not.toEqual([])
      })
    })
  })
}

const play = { id: '18446744073709551615', title: "It's", at: '2026-02-13 07:58:00.123', tags: ['a', 'b'] }

const texts = ["it's", 'a "quote"', 'back\\slash', 'tab\tand\nnewline', "'; DROP TABLE x; --", '{x:String}', '🎧', '']

const lines = (...rows: object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

/** Names of the files below a folder that hold a text; what goes away meanwhile holds nothing. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => {
      try {
        return readFileSync(file).includes(text)
      } catch {
        return false
      }
    })
}
