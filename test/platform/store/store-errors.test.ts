import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { isKeyed } from '#platform/store/http-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { passingErrors, rowErrors, toStoreError } from '#platform/store/store-errors.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function openStore() {
  const store = openEmbeddedStore({ folder: temporaryFolder() })
  onTestFinished(() => store.close())
  return store
}

const errorOf = (code: string) => Object.assign(new Error(`connect ${code} 10.1.2.3:8123`), { code })

describe('errors of the store', () => {
  it('have the names and numbers of the engine', async () => {
    const named = Object.entries({ ...passingErrors, ...rowErrors }).map(([name, number]) => ({ number, name }))
    const names = await openStore()
      .connect('site')
      .rows('SELECT arrayJoin({numbers:Array(Int32)}) AS number, errorCodeToName(number) AS name', {
        numbers: named.map(({ number }) => number),
      })
    expect(names).toEqual(named)
  })

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', 'EPIPE'])(
    'of the network and of TLS pass, and name no address: %s',
    (code) => {
      const error = toStoreError(errorOf(code))
      expect(error).toMatchObject({ code: 'store-unavailable', message: `the store did not answer: ${code}` })
    },
  )

  it('name the first of several addresses that were tried by its reason', () => {
    const all = new AggregateError([errorOf('ECONNREFUSED'), errorOf('ENETUNREACH')])
    expect(toStoreError(all).message).toBe('the store did not answer: ECONNREFUSED')
  })

  it('say that the time was over', () => {
    expect(toStoreError(new Error('Timeout error.')).message).toBe('the store did not answer: TIMEOUT')
  })
})

it('sends rows again for every table whose rows have a key, or are marks, and for no other', async () => {
  const store = openStore()
  await migrate(store, () => 0)
  const tables = await store.connect('migrate').rows<{ name: string; engine: string }>(
    `SELECT concat(database, '.', name) AS name, engine FROM system.tables
       WHERE lower(database) NOT IN ('system', 'information_schema', 'default') AND engine LIKE '%MergeTree'`,
  )
  const plain = tables.filter(({ engine, name }) => !engine.startsWith('Replacing') && isKeyed(name))
  expect(plain.map(({ name }) => name)).toEqual(['charts.changes'])
})
