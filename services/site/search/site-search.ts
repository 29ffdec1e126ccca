/**
 * The search of the site. Its index is made from the store, and made anew when anything was published since: what left the
 * charts is found no more.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { type ChartNames, createChartNames, type SearchRow } from './chart-names.ts'

const searchTracksSql = readFileSync(new URL('search-tracks.sql', import.meta.url), 'utf8')

/** Tracks that can be found, those of most DJs. Bounds the memory: an index of so many takes 45 MB and 1.3 s, in turns. */
const TRACKS_MAX = 100_000
const MERGES_MAX = 100_000

export interface SiteSearchOptions {
  readonly store: StoreConnection
  /** Tells what is published apart from what was. */
  readonly publicationMark: () => Promise<string>
}

/** The names as they are published now. Rejects with `store-unavailable`. */
export function createSiteSearch({ store, publicationMark }: SiteSearchOptions): () => Promise<ChartNames> {
  let current: { readonly mark: string; readonly names: Promise<ChartNames> } | undefined

  async function read(): Promise<ChartNames> {
    const rows = await store.rows<SearchRow>(searchTracksSql, { rows: TRACKS_MAX })
    const merges = await store.rows<{ track: string; into: string }>(
      "SELECT track, into FROM charts.merges FINAL WHERE state = 'applied' LIMIT {rows:UInt32}",
      { rows: MERGES_MAX },
    )
    return createChartNames(rows, new Map(merges.map(({ track, into }) => [track, into])))
  }

  return async () => {
    const mark = await publicationMark()
    if (current?.mark === mark) return current.names
    const made = { mark, names: read() }
    current = made
    made.names.catch(() => {
      if (current === made) current = undefined
    })
    return made.names
  }
}
