/**
 * Genres that have charts and are not in the tree, so that its list can grow by what DJs really tag (docs/genres.md).
 *
 * Read from the charts that everybody sees, so the report says nothing of fewer accounts than those do.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { isKnownGenre } from '#rules/genres/genres-of-tag.ts'

/** Genres that a report names at most: more than somebody would look up at once. */
const GENRES_MAX = 20

export interface UnknownGenre {
  /** Slug. */
  readonly genre: string
  /** Distinct accounts in the largest chart of the genre that is shown, of whichever period. */
  readonly djs: number
}

/** At most 20 genres that the tree does not know, with at least so many accounts, the most frequent first. */
export async function readUnknownGenres(store: StoreConnection, minimumDjs: number): Promise<UnknownGenre[]> {
  // Scenes are named for what DJs prefer, not for what they tag.
  const rows = await store.rows<UnknownGenre>(
    `SELECT genre, max(shown.djs) AS djs FROM charts.published AS shown FINAL
     WHERE region = 'world' AND hidden = 0 AND withheld = 0 AND genre != 'all' AND NOT startsWith(genre, 'scene-')
     GROUP BY genre HAVING djs >= {minimumDjs:UInt32} ORDER BY djs DESC, genre`,
    { minimumDjs },
  )
  return rows.filter(({ genre }) => !isKnownGenre(genre)).slice(0, GENRES_MAX)
}
