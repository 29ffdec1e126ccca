import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLease, type Tenure } from '#platform/store/lease.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { openClusterStore } from '../../support/cluster-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
let store: Store

beforeAll(async () => {
  store = openClusterStore(join(folder, 'store'))
  await migrate(store, Date.now)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('goes from one process to the next where the tables are spread over a cluster, and fences the earlier one', async () => {
  const never = new AbortController().signal
  async function takeAndGiveBack(holder: string): Promise<Tenure> {
    const tenure = await createLease({ store: store.connect('charts'), name: 'charts', holder }).acquire(never)
    await tenure.release()
    return tenure
  }
  const [first, second, third] = [
    await takeAndGiveBack('one'),
    await takeAndGiveBack('two'),
    await takeAndGiveBack('three'),
  ]
  expect([first.term, second.term, third.term]).toEqual([1, 2, 3])
  const connection = store.connect('charts')
  await expect(connection.rows(`SELECT 1 AS one WHERE ${second.condition}`)).rejects.toMatchObject({
    message: 'ClickHouse error 60',
  })
  expect(await connection.rows(`SELECT 1 AS one WHERE ${third.condition}`)).toEqual([{ one: 1 }])
})
