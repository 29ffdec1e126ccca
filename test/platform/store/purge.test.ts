import { expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { purgeTables } from '#platform/store/purge.ts'
import { readAllFiles } from '../../support/data-folder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const TABLE = 'playlists.profile_members'

const rowOf = (owner: string, version = 1) =>
  Buffer.from(`${JSON.stringify({ owner, member: 'name', value: `"name of ${owner}"`, version })}\n`)

async function openStore() {
  const folder = temporaryFolder()
  const store = openEmbeddedStore({ folder })
  onTestFinished(() => store.close())
  await migrate(store, () => 0)
  const connection = store.connect('privacy')
  const filesWith = (text: string) =>
    [...readAllFiles(folder)].filter(([, bytes]) => bytes.includes(text)).map(([file]) => file)
  return { store, connection, filesWith }
}

it('leaves nothing of a deleted row on the disk, nor of the statement that deleted it', async () => {
  const { connection, filesWith } = await openStore()
  await connection.insert({ table: TABLE, lines: rowOf('marker-that-goes', 1) })
  await connection.insert({ table: TABLE, lines: rowOf('marker-that-goes', 2) })
  await connection.insert({ table: TABLE, lines: rowOf('marker-that-stays') })
  await connection.run(`DELETE FROM ${TABLE} WHERE owner = 'marker-that-goes'`)
  expect(filesWith('marker-that-goes')).not.toEqual([])

  await purgeTables(connection, [TABLE])
  expect(filesWith('marker-that-goes')).toEqual([])
  expect(filesWith('marker-that-stays')).not.toEqual([])
  expect(await connection.rows(`SELECT owner FROM ${TABLE}`)).toEqual([{ owner: 'marker-that-stays' }])
})

it('leaves nothing of a table that was emptied', async () => {
  const { connection, filesWith } = await openStore()
  await connection.insert({ table: TABLE, lines: rowOf('marker-of-all') })
  await connection.run(`TRUNCATE TABLE ${TABLE}`)
  await purgeTables(connection, [TABLE])
  expect(filesWith('marker-of-all')).toEqual([])
})

it('says that deleted rows are still there as long as a query reads them, and goes on when it is called again', async () => {
  const { store, connection } = await openStore()
  await connection.insert({ table: TABLE, lines: rowOf('marker-that-is-read') })
  const reading = store.connect('site').rows(`SELECT owner, sleepEachRow(2) AS slept FROM ${TABLE}`)
  await connection.run(`DELETE FROM ${TABLE} WHERE owner = 'marker-that-is-read'`)
  await expect(purgeTables(connection, [TABLE], 0)).rejects.toMatchObject({ code: 'store-unavailable' })
  expect(await reading).toHaveLength(1)
  await purgeTables(connection, [TABLE])
  const left = await connection.rows(
    `SELECT name FROM system.parts WHERE table = 'profile_members' AND NOT active AND rows > 0`,
  )
  expect(left).toEqual([])
})

it('lets deletions that are under way in the same table come to their end', async () => {
  const { store, connection } = await openStore()
  const other = store.connect('ingest')
  let isOver = false
  const deleting = (async () => {
    let deleted = 0
    for (; !isOver || deleted < 20; deleted += 1) {
      await other.insert({ table: TABLE, lines: rowOf(`passing-${deleted}`) })
      await other.run(`DELETE FROM ${TABLE} WHERE owner = 'passing-${deleted}'`)
    }
    return deleted
  })()
  for (let time = 0; time < 5; time += 1) {
    await connection.run(`ALTER TABLE ${TABLE} APPLY DELETED MASK SETTINGS mutations_sync = 2`)
    for (let poke = 0; poke < 5; poke += 1) await connection.run(`ALTER TABLE ${TABLE} DROP PARTITION ID 'none'`)
  }
  isOver = true
  expect(await deleting).toBeGreaterThan(0)
  expect(await connection.rows(`SELECT owner FROM ${TABLE}`)).toEqual([])
})
