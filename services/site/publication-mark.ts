/**
 * A mark that changes when a chart or a week of the analysts' tables is published, asked of the store at most once a second for all requests together.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'

const ASK_EVERY_MS = 1000

export interface PublicationMarkOptions {
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
}

export function createPublicationMark({ store, clock }: PublicationMarkOptions): () => Promise<string> {
  let askedAtMs = Number.NEGATIVE_INFINITY
  let mark: Promise<string> | undefined

  async function ask(): Promise<string> {
    // One build writes all its rows under one version, perhaps in more than one insert: their number tells those apart.
    const [row] = await store.rows<{ newest: string; number: string; analytics: unknown }>(
      `SELECT max(version) AS newest, count() AS number,
         (SELECT (max(version), count()) FROM charts.analytics_shown) AS analytics
       FROM charts.published`,
    )
    return JSON.stringify(row)
  }

  return () => {
    const sinceMs = clock() - askedAtMs
    if (mark !== undefined && sinceMs >= 0 && sinceMs < ASK_EVERY_MS) return mark
    askedAtMs = clock()
    const asked = ask()
    mark = asked
    asked.catch(() => {
      if (mark === asked) mark = undefined
    })
    return asked
  }
}
