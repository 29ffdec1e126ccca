/**
 * What is asked of a search, by words or by one name, and its answer.
 * @module
 */
import type { SearchAnswer } from '#schemas/records/search.ts'
import type { ChartNames } from './chart-names.ts'

/** One of the three; the others are absent. */
export interface SearchQuestion {
  readonly q?: string
  readonly artist?: string
  readonly label?: string
}

export function answerSearch(names: ChartNames, { q, artist, label }: SearchQuestion, limit: number): SearchAnswer {
  const tracksOnly = (tracks: SearchAnswer['tracks']) => ({ tracks, artists: [], labels: [] })
  if (artist !== undefined) return tracksOnly(names.tracksOfArtist(artist, limit))
  if (label !== undefined) return tracksOnly(names.tracksOfLabel(label, limit))
  return names.search(q ?? '', limit)
}
