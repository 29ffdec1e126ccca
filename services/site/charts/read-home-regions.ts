/**
 * The regions and genres that the home page leads to.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { type RegionLevel, regionLevel, WORLD } from '#rules/regions.ts'

const homeRegionsSql = readFileSync(new URL('home-regions.sql', import.meta.url), 'utf8')

/** Bounds the page: more than there are regions, and room for genres. */
const ROWS_MAX = 8000

export interface Size {
  /** Code of the region, or the genre. */
  readonly code: string
  /** DJs behind its newest week. */
  readonly djs: number
}

export interface HomeRegions {
  /** Those with most DJs first, here and below. */
  readonly regions: Readonly<Record<Exclude<RegionLevel, 'world'>, readonly Size[]>>
  /** Genres and scenes of the world, without all genres. */
  readonly genres: readonly Size[]
}

export async function readHomeRegions(store: StoreConnection): Promise<HomeRegions> {
  const rows = await store.rows<{ region: string; genre: string; djs: number }>(homeRegionsSql, { rows: ROWS_MAX })
  const ofLevel = (level: RegionLevel) =>
    rows
      .filter(({ region, genre }) => genre === 'all' && regionLevel(region) === level)
      .map(({ region, djs }) => ({ code: region, djs }))
  return {
    regions: { continent: ofLevel('continent'), country: ofLevel('country'), subdivision: ofLevel('subdivision') },
    genres: rows
      .filter(({ region, genre }) => region === WORLD && genre !== 'all')
      .map(({ genre, djs }) => ({ code: genre, djs })),
  }
}
