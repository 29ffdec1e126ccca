/**
 * Takes back what a build wrote of who stands behind charts, where it died before readers saw the revisions.
 *
 * Who stands behind a revision is written before the row that shows it, for afterwards a crash would leave revisions of
 * which nobody knows what they were made of. So rows of a build that switched no reader over tell what nobody has seen:
 * comparing with them would let out what the shown revision forbids.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { undoStatements } from './chart-statements.ts'

/** Of one period; costs two reads of a column where no build died. Rejects where the store fails, and may be repeated. */
export async function undoDeadBuild(store: StoreConnection, kind: string, period: string): Promise<void> {
  const [row] = await store.rows<{ written: string; shown: string }>(undoStatements.findDeadBuild, { kind, period })
  const shown = Number(row?.shown ?? 0)
  if (Number(row?.written ?? 0) <= shown) return
  const params = { kind, period, shown }
  // In this order, so that after another death the rows that are left still tell of it.
  await store.run(undoStatements.deleteDeadBases, params)
  await store.run(undoStatements.restoreBases, params)
  await store.run(undoStatements.deleteRestored, params)
}
