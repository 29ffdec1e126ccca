import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { splitStatements } from '#platform/store/split-statements.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const tablesFolder = new URL('../../../schemas/tables/', import.meta.url)
const files = readdirSync(tablesFolder).sort()
const numbers = files.map((name) => Number(name.slice(0, 4)))
const clock = () => Date.UTC(2026, 1, 13, 7, 58, 0, 123)

function emptyStore(folder = temporaryFolder()) {
  const store = openEmbeddedStore({ folder })
  onTestFinished(() => store.close())
  return store
}

const statementsOf = (file: string | undefined) =>
  splitStatements(readFileSync(new URL(file ?? 'none', tablesFolder), 'utf8'))

// The engine takes one folder a process at a time, so each test closes its store before the next one opens.
describe('migrating a store', () => {
  it('applies every file in order and writes down which and when', async () => {
    const store = emptyStore()
    expect(await migrate(store, clock)).toEqual(numbers)
    expect(
      await store.connect('migrate').rows('SELECT number, name, applied_at FROM operations.migrations ORDER BY number'),
    ).toEqual(files.map((name, i) => ({ number: numbers[i], name, applied_at: '2026-02-13 07:58:00.123' })))
  })

  it('applies nothing a second time, nor after a restart on the same folder', async () => {
    const folder = temporaryFolder()
    const store = openEmbeddedStore({ folder })
    await migrate(store, clock)
    expect(await migrate(store, clock)).toEqual([])
    await store.close()
    expect(await migrate(emptyStore(folder), clock)).toEqual([])
  })

  it('makes every table that the files name', async () => {
    const store = emptyStore()
    await migrate(store, clock)
    const named = files.flatMap((file) =>
      statementsOf(file).flatMap((statement) => /^CREATE TABLE IF NOT EXISTS ([\w.]+)/.exec(statement)?.[1] ?? []),
    )
    const made = await store
      .connect('migrate')
      .rows<{ name: string }>(
        "SELECT concat(database, '.', name) AS name FROM system.tables WHERE lower(database) NOT IN ('system', 'information_schema', 'default') AND engine NOT LIKE '%View' ORDER BY name",
      )
    expect(made.map(({ name }) => name)).toEqual(named.sort())
  })

  it('finishes what a crash in the middle of a file left behind', async () => {
    const store = emptyStore()
    const connection = store.connect('migrate')
    for (const statement of [...statementsOf(files[0]), ...statementsOf(files[1]).slice(0, 2)]) {
      await connection.run(statement)
    }
    expect(await migrate(store, clock)).toEqual(numbers)
  })

  it('keeps the rows of a table whose file is applied again', async () => {
    const store = emptyStore()
    const connection = store.connect('migrate')
    await migrate(store, clock)
    await connection.insert({
      table: 'operations.facts',
      lines: Buffer.from('{"name":"a","value":"1","version":"1"}\n'),
    })
    await connection.run('TRUNCATE TABLE operations.migrations')
    expect(await migrate(store, clock)).toEqual(numbers)
    expect(await connection.rows('SELECT name, value FROM operations.facts')).toEqual([{ name: 'a', value: '1' }])
  })

  it('refuses a store that a newer version has migrated, and changes nothing', async () => {
    const store = emptyStore()
    const connection = store.connect('migrate')
    for (const statement of statementsOf(files[0])) await connection.run(statement)
    await connection.insert({
      table: 'operations.migrations',
      lines: Buffer.from('{"number":9999,"name":"9999-later.sql","applied_at":"2027-01-01 00:00:00"}\n'),
    })
    await expect(migrate(store, clock)).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining('9999'),
    })
    expect(await connection.rows("SELECT name FROM system.databases WHERE name = 'charts'")).toEqual([])
  })

  it('has only statements that may run twice', () => {
    for (const statement of files.flatMap(statementsOf))
      expect(statement).toMatch(/ IF (NOT )?EXISTS |^ALTER TABLE [\w.]+ MODIFY SETTING |^CREATE OR REPLACE /)
  })
})
