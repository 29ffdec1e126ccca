/**
 * Whether what analysts see is made without an erased account: its weeks are marked, and a build removes the marks that it
 * took once it has shown what it made.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { periodsTouchingWeek } from '#rules/periods.ts'

/** Tells of an erasure whether a mark as old as it still waits for a build, in a week of which analysts see anything. */
export async function readWaitingForAnalysts(
  store: StoreConnection,
): Promise<(erasure: { readonly acceptedAtMs: number }) => boolean> {
  const marks = await store.rows<{ week: number; oldest: string }>(
    `SELECT week, toUnixTimestamp64Milli(min(changed_at)) AS oldest
     FROM charts.changes WHERE analytics = 1 GROUP BY week`,
  )
  if (marks.length === 0) return () => false
  const periods = await store.rows<{ period: string }>('SELECT DISTINCT period FROM charts.analytics_shown')
  const shown = new Set(periods.map(({ period }) => period))
  const oldest = marks
    .filter(({ week }) => periodsTouchingWeek(week).some(({ name }) => shown.has(name)))
    .map((mark) => Number(mark.oldest))
  return ({ acceptedAtMs }) => oldest.some((changedAtMs) => changedAtMs <= acceptedAtMs)
}
