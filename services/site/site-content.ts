/**
 * What the routes of the site answer with: read from the store, rendered, and remembered where it may be.
 * @module
 */
import { HttpProblem } from '#platform/http/problem.ts'
import { DEFAULT_LANGUAGE } from '#platform/pages/language.ts'
import { toDocument } from '#platform/pages/layout.ts'
import { type Locale, localeOf } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { CSV_TYPE, HTML_TYPE, JSON_TYPE, type PublicBody, toPublicBody } from '#platform/pages/public-answer.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'
import { type ChartAddress, LATEST, parseChartAddress } from './charts/chart-address.ts'
import { chartToCsv } from './charts/chart-csv.ts'
import { createChartReader, type ReadChart } from './charts/read-chart.ts'
import { type DirectoryPlace, readDirectory } from './charts/read-directory.ts'
import { readHomeRegions } from './charts/read-home-regions.ts'
import { readNeighbours } from './charts/read-neighbours.ts'
import { readRankHistories } from './charts/read-rank-histories.ts'
import { readSitemapPages, readSitemapParts, type SitemapPart } from './discovery/read-sitemap.ts'
import { sitemapIndex, sitemapPart } from './discovery/sitemap.ts'
import { embeddedChart } from './embed/embedded-chart.ts'
import { chartFeed } from './feeds/chart-feed.ts'
import { type FeedAddress, readFeed } from './feeds/read-feed.ts'
import { chartImage } from './images/chart-image.ts'
import type { ImageDrawer } from './images/draw-image.ts'
import { chartPage } from './pages/chart-page.ts'
import { homePage } from './pages/home-page.ts'
import { trackPage } from './pages/track-page.ts'
import { hideAbsence } from './playlists/hide-absence.ts'
import { readPlaylist } from './playlists/read-playlist.ts'
import { createPublicationMark } from './publication-mark.ts'
import { createRenderedCache } from './rendered-cache.ts'
import { readPlaying } from './tracks/read-playing.ts'
import { readTrack } from './tracks/read-track.ts'

export interface SiteContentOptions {
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly chartMinDjs: number
  readonly chartFinalAfterDays: number
  readonly cacheBytesMax: number
  /** What stands before paths where whole addresses are asked for: setting `PUBLIC_URL`, or nothing. */
  readonly origin: string
  readonly images: ImageDrawer
}

const ATOM_TYPE = 'application/atom+xml; charset=utf-8'
const PNG_TYPE = 'image/png'
const XML_TYPE = 'application/xml; charset=utf-8'

/** The parts of a chart's path, as they came. */
export interface ChartPathParts {
  readonly region: string
  readonly genre: string
  readonly period: string
}

/** Each rejects with the problem `not-found` where there is nothing, or nothing that may be shown. */
export type SiteContent = ReturnType<typeof createSiteContent>

export function createSiteContent({ store, clock, cacheBytesMax, origin, images, ...chartRules }: SiteContentOptions) {
  const readChart = createChartReader({ store, clock, ...chartRules })
  const publicationMark = createPublicationMark({ store, clock })
  const cache = createRenderedCache({ bytesMax: cacheBytesMax, publicationMark, clock })
  const world: ChartAddress = { region: 'world', genre: 'all', period: LATEST }

  function ofChart(kind: string, parts: ChartPathParts, render: (chart: ReadChart) => Promise<PublicBody>) {
    const address = parseChartAddress(parts)
    if (address === undefined) throw new HttpProblem('not-found')
    return cache.get(JSON.stringify([kind, parts.region, parts.genre, parts.period]), async () => {
      const chart = found(await readChart(address))
      return { body: await render(chart), validUntilMs: chart.validUntilMs }
    })
  }

  function lasting(key: readonly (string | number)[], render: () => Promise<PublicBody>) {
    return cache.get(JSON.stringify(key), async () => ({
      body: await render(),
      validUntilMs: Number.POSITIVE_INFINITY,
    }))
  }

  function ofTrack(kind: string, trackId: string, render: (track: TrackRuns) => PublicBody | Promise<PublicBody>) {
    if (!/^[0-9a-f]{16}$/.test(trackId)) throw new HttpProblem('not-found')
    return lasting([kind, trackId], async () => render(found(await readTrack(store, trackId))))
  }

  const pageOf = (page: Page, locale: Locale) => toPublicBody(toDocument(page, locale, origin), HTML_TYPE)
  const playlist = async (publicId: string) => found(await hideAbsence(() => readPlaylist(store, publicId)))

  return {
    chartJson: async (parts: ChartPathParts) => ofChart('json', parts, async ({ chart }) => jsonBody(chart)),
    chartCsv: async (parts: ChartPathParts) =>
      ofChart('csv', parts, async ({ chart }) => toPublicBody(chartToCsv(chart), CSV_TYPE)),
    chartHtml: async (parts: ChartPathParts, locale: Locale) =>
      ofChart(`html-${locale.language}`, parts, async (read) => {
        const { region, genre } = read.chart.chart
        const neighbours = await readNeighbours(store, { region, genre, period: read.period })
        const histories = await readRankHistories(store, read.chart, read.period)
        return pageOf(chartPage(read, { neighbours, histories, origin }, locale), locale)
      }),
    chartEmbed: async (parts: ChartPathParts, locale: Locale) =>
      ofChart(`embed-${locale.language}`, parts, async (read) =>
        toPublicBody(embeddedChart(read, locale, origin), HTML_TYPE),
      ),
    chartImage: async (parts: ChartPathParts) =>
      ofChart('image', parts, async ({ chart: { chart, entries } }) =>
        toPublicBody(await images.draw(chartImage(chart, entries, localeOf(DEFAULT_LANGUAGE))), PNG_TYPE),
      ),
    homeHtml: (locale: Locale) =>
      cache.get(`home-${locale.language}`, async () => {
        const read = await readChart(world)
        const chart = read && { read, histories: await readRankHistories(store, read.chart, read.period) }
        const body = pageOf(homePage(chart, await readHomeRegions(store), locale), locale)
        return { body, validUntilMs: read?.validUntilMs ?? Number.POSITIVE_INFINITY }
      }),
    directoryJson: (after: DirectoryPlace, limit: number) =>
      lasting(['directory', after.region, after.genre, limit], async () =>
        jsonBody(await readDirectory(store, after, limit)),
      ),
    trackJson: async (trackId: string) => ofTrack('track-json', trackId, jsonBody),
    trackHtml: async (trackId: string, locale: Locale) =>
      ofTrack(`track-html-${locale.language}`, trackId, async (track) =>
        pageOf(trackPage(track, await readPlaying(store, track), locale), locale),
      ),
    feedAtom: (address: FeedAddress) =>
      lasting(['feed', address.region, address.genre, address.kind], async () => {
        const charts = await readFeed(store, address)
        if (charts.length === 0) throw new HttpProblem('not-found')
        return toPublicBody(chartFeed(address, charts, origin), ATOM_TYPE)
      }),
    sitemapIndex: (address: string) =>
      lasting(['sitemap', address], async () => {
        const { parts, builtAt } = await readSitemapParts(store)
        return toPublicBody(sitemapIndex(parts, builtAt, address), XML_TYPE)
      }),
    sitemapPart: (part: SitemapPart, address: string) =>
      lasting(['sitemap', part.kind, part.number, address], async () => {
        const pages = await readSitemapPages(store, part)
        if (pages.length === 0) throw new HttpProblem('not-found')
        return toPublicBody(sitemapPart(pages, address), XML_TYPE)
      }),
    // Never remembered: a playlist has to go the moment its DJ takes it back.
    playlistJson: async (publicId: string) => jsonBody(await playlist(publicId)),
  }
}

function jsonBody(value: unknown): PublicBody {
  return toPublicBody(JSON.stringify(value), JSON_TYPE)
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new HttpProblem('not-found')
  return value
}
