/**
 * The home page: the newest world chart, and where the others are.
 * @module
 */
import { readFileSync } from 'node:fs'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { type RegionLevel, regionLevel, regionName, WORLD } from '#rules/regions.ts'
import { LATEST } from '../charts/chart-address.ts'
import type { ReadChart } from '../charts/read-chart.ts'
import { chartTable } from './chart-table.ts'
import { linkList } from './link-list.ts'
import { chartPath, genreName, periodName } from './names.ts'

const homeSql = readFileSync(new URL('home.sql', import.meta.url), 'utf8')

/** Bounds the page: more than there are regions, and room for genres. */
const LINKS_MAX = 8000
const ENTRIES_SHOWN = 20

export interface HomeLinks {
  readonly regions: readonly string[]
  readonly genres: readonly string[]
}

export async function readHomeLinks(store: StoreConnection): Promise<HomeLinks> {
  const rows = await store.rows<{ region: string; genre: string }>(homeSql, { rows: LINKS_MAX })
  return {
    regions: rows.filter(({ genre }) => genre === 'all').map(({ region }) => region),
    genres: rows.filter(({ region }) => region === WORLD).map(({ genre }) => genre),
  }
}

export function homePage(world: ReadChart | undefined, { regions, genres }: HomeLinks, locale: Locale): Page {
  const body = html`<h1>What DJs really play</h1>
<p>Charts by region and by genre, made from the sessions that DJ software records: tracks that were played, not
bought and not promoted. Only DJs who chose to contribute are counted, and nobody can be told from a chart.</p>
${world === undefined ? html`<p>No chart is published yet. One appears as soon as enough DJs have contributed.</p>` : worldChart(world, locale)}
${regionLists(regions, locale)}
${linkList(
  'Genres',
  genres.filter((genre) => genre !== 'all'),
  (genre) => locale.link(chartPath(WORLD, genre, LATEST)),
  genreName,
)}`
  return {
    title: 'Charts',
    description: 'Charts of what DJs really play, by region and genre.',
    body,
    canonicalPath: '/',
  }
}

function worldChart({ chart: { chart, entries } }: ReadChart, locale: Locale): Html {
  const path = locale.link(chartPath(WORLD, 'all', chart.period))
  return html`<h2>World, ${periodName(chart.period).toLowerCase()}</h2>
${chartTable(entries.slice(0, ENTRIES_SHOWN), locale, `The first ${Math.min(ENTRIES_SHOWN, entries.length)} of ${entries.length}`)}
<p><a href="${path}">The whole world chart</a></p>`
}

const headings: readonly [RegionLevel, string][] = [
  ['continent', 'Continents'],
  ['country', 'Countries'],
  ['subdivision', 'States, provinces and regions'],
]

function regionLists(regions: readonly string[], { link }: Locale): readonly (Html | false)[] {
  return headings.map(([level, heading]) =>
    linkList(
      heading,
      regions
        .filter((region) => regionLevel(region) === level)
        .sort((a, b) => regionName(a).localeCompare(regionName(b), 'en')),
      (region) => link(chartPath(region, 'all', LATEST)),
      regionName,
    ),
  )
}
