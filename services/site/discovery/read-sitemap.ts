/**
 * What a sitemap names: the pages of charts and tracks, in parts. Playlists are in none: who may find one, its DJ tells.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { toTrackId } from '#rules/track-identity.ts'
import { chartPath, trackPath } from '../pages/names.ts'

const sql = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const countsSql = sql('sitemap-counts.sql')
const chartsSql = sql('sitemap-charts.sql')
const tracksSql = sql('sitemap-tracks.sql')

/** Pages a part. Each has an address a language, and a sitemap may have 50,000 of these (sitemaps.org). */
const PART_PAGES_MAX = 10_000
/** Parts that an index may name. */
const PARTS_MAX = 5_000

export type SitemapKind = 'charts' | 'tracks'

export interface SitemapPart {
  readonly kind: SitemapKind
  /** From 1. */
  readonly number: number
}

export interface SitemapPage {
  /** Without the prefix of a language. */
  readonly path: string
  readonly builtAt: string
}

/** The parts that there are now, and when the newest page was built. */
export async function readSitemapParts(store: StoreConnection): Promise<{ parts: SitemapPart[]; builtAt: string }> {
  const [counts] = await store.rows<{ charts: string; tracks: string; built_at_ms: string }>(countsSql)
  const parts = (['charts', 'tracks'] as const).flatMap((kind) =>
    Array.from({ length: Math.ceil(Number(counts?.[kind] ?? 0) / PART_PAGES_MAX) }, (_, index) => ({
      kind,
      number: index + 1,
    })),
  )
  return { parts: parts.slice(0, PARTS_MAX), builtAt: timeOf(counts?.built_at_ms) }
}

/** The pages of a part; empty where there is no such part. */
export async function readSitemapPages(store: StoreConnection, { kind, number }: SitemapPart): Promise<SitemapPage[]> {
  const range = { rows: PART_PAGES_MAX, skipped: (number - 1) * PART_PAGES_MAX }
  if (kind === 'tracks') {
    const rows = await store.rows<{ track: string; built_at_ms: string }>(tracksSql, range)
    return rows.map(({ track, built_at_ms }) => ({ path: trackPath(toTrackId(track)), builtAt: timeOf(built_at_ms) }))
  }
  const rows = await store.rows<{ region: string; genre: string; period: string; built_at_ms: string }>(
    chartsSql,
    range,
  )
  return rows.map(({ region, genre, period, built_at_ms }) => ({
    path: chartPath(region, genre, period),
    builtAt: timeOf(built_at_ms),
  }))
}

function timeOf(ms: string | null | undefined): string {
  return new Date(Number(ms ?? 0)).toISOString()
}
