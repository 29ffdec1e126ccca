/**
 * Deletes what is stored of an erased account, in the order of the log: whatever comes behind the erasure finds an account
 * that never was. The bytes, and what stands in charts that are published, go by the privacy service's job.
 * @module
 */
import { deleteWhereFilled } from '#platform/store/delete-where-filled.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { AccountErased } from '#schemas/events/account-event.ts'
import { ownerTables } from '#schemas/privacy/personal-tables.ts'
import { putAnalyticsMark, putMark } from './contribution-rows.ts'
import type { StepContext } from './step-context.ts'

/** Rows that carry the position of the event that wrote them; the others are the builder's. What counts goes first. */
const deletions = [
  ...['charts.contributors', 'charts.contributions'].map((table) => ({
    table,
    condition: 'contributor = {contributor:UInt64} AND version < {version:UInt64}',
  })),
  ...ownerTables.map((table) => ({ table, condition: 'owner = {owner:String} AND version < {version:UInt64}' })),
]

/** Resolves when no query finds a row of the account that is older than the erasure. */
export async function eraseOwnerRows(
  { owner, at }: AccountErased,
  version: bigint,
  context: StepContext,
  store: StoreConnection,
): Promise<void> {
  const contributor = context.pseudonyms.contributor(owner)
  const weeks = await store.rows<{ week: number }>(
    'SELECT DISTINCT week FROM charts.contributions FINAL WHERE contributor = {contributor:UInt64}',
    { contributor },
  )
  // Before anything is deleted: after a crash in between the weeks could not be found again. A build that takes these
  // marks before the rows are gone leaves them out by the tombstone.
  for (const { week } of weeks) {
    putMark(context.rows, week, at)
    putAnalyticsMark(context.rows, week, at)
  }
  await context.rows.flush(store)

  const params = { owner, contributor, version: version.toString() }
  await deleteWhereFilled(store, deletions, params)
}
