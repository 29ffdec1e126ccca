/**
 * The site: everything that is public, as JSON and CSV under `/v1` and as pages.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import type { StoreConnection } from '#platform/store/store.ts'
import type { RetentionLimits } from '#schemas/privacy/labels.ts'
import { apiRoutes } from './api-routes.ts'
import { developersRoutes } from './developers/developers-routes.ts'
import { discoveryRoutes } from './discovery/discovery-routes.ts'
import { embedRoutes } from './embed/embed-routes.ts'
import { feedRoutes } from './feeds/feed-routes.ts'
import { createImageDrawer } from './images/draw-image.ts'
import { pageRoutes } from './page-routes.ts'
import { playlistRoutes } from './playlists/playlist-routes.ts'
import { createPublicationMark } from './publication-mark.ts'
import { searchPageRoutes } from './search/search-page-routes.ts'
import { searchRoutes } from './search/search-routes.ts'
import { createSiteSearch } from './search/site-search.ts'
import { createSiteContent } from './site-content.ts'

/** Tracks are minutes long. */
const LIVE_INTERVAL_MS = 5_000
/** Memory for rendered answers; a chart is about 25 KiB. */
const CACHE_BYTES_MAX = 64 * 1024 * 1024

export interface SiteRoutesOptions {
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Setting `CHART_MIN_DJS`. */
  readonly chartMinDjs: number
  /** Setting `CHART_FINAL_AFTER_DAYS`. */
  readonly chartFinalAfterDays: number
  /** Settings `CHART_MIN_CHANGED_DJS` and `TAKE_BACK_HOURS_MAX`, and the limits of retention; told on the privacy page. */
  readonly chartMinChangedDjs: number
  readonly takeBackHoursMax: number
  readonly limits: RetentionLimits
  /** Setting `PUBLIC_URL`. */
  readonly publicUrl: string | undefined
  /** How often a session that goes on is looked at for its listeners. */
  readonly liveIntervalMs?: number
  readonly cacheBytesMax?: number
}

export function createSiteRoutes(options: SiteRoutesOptions): FastifyPluginAsync {
  const { store, clock, chartMinDjs, chartFinalAfterDays, chartMinChangedDjs, takeBackHoursMax, limits, publicUrl } =
    options
  const cacheBytesMax = options.cacheBytesMax ?? CACHE_BYTES_MAX
  const origin = publicUrl ?? ''
  const { liveIntervalMs = LIVE_INTERVAL_MS } = options
  const images = createImageDrawer()
  const content = createSiteContent({
    store,
    clock,
    chartMinDjs,
    chartFinalAfterDays,
    cacheBytesMax,
    origin,
    images,
  })
  const search = createSiteSearch({ store, publicationMark: createPublicationMark({ store, clock }) })
  return async (server) => {
    await server.register(apiRoutes(content))
    await server.register(searchRoutes(search))
    await server.register(searchPageRoutes(search, origin))
    await server.register(feedRoutes(content))
    await server.register(embedRoutes(content))
    await server.register(developersRoutes(origin))
    await server.register(discoveryRoutes(content, publicUrl))
    await server.register(playlistRoutes({ store, chartNames: search, clock, images, origin, liveIntervalMs }))
    await server.register(pageRoutes(content, { chartMinDjs, chartMinChangedDjs, takeBackHoursMax, limits }))
  }
}
