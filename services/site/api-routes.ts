/**
 * The public API: charts, tracks, playlists.
 * @module
 */
// Brings the members of a route's schema that `/openapi.json` is made of.
import type {} from '@fastify/swagger'
import type { FastifyPluginAsync } from 'fastify'
import Type, { type Static } from 'typebox'
import { HttpProblem } from '#platform/http/problem.ts'
import { problemResponses } from '#platform/http/problem-responses.ts'
import { allowAnyOrigin } from '#platform/http/security-headers.ts'
import { CHARTS_CACHE_CONTROL, PLAYLIST_CACHE_CONTROL, sendPublicBody } from '#platform/pages/public-answer.ts'
import { Chart, ChartDirectory, Playlist, TrackRuns } from '#schemas/records/chart.ts'
import { DIRECTORY_START, decodeDirectoryCursor } from './charts/read-directory.ts'
import type { SiteContent } from './site-content.ts'

const DIRECTORY_LIMIT = 100
const DIRECTORY_LIMIT_MAX = 1000

const ChartPath = Type.Object({
  region: Type.String({ description: 'world, a continent, an ISO 3166-1 alpha-2 or an ISO 3166-2 code' }),
  genre: Type.String({ description: "all, a genre's slug, or scene-SLUG" }),
  period: Type.String({ description: '2026-W07, 2026-02, 2026 or latest (the newest week)' }),
})
type ChartPath = Static<typeof ChartPath>

const DirectoryQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: DIRECTORY_LIMIT_MAX, default: DIRECTORY_LIMIT })),
  cursor: Type.Optional(Type.String({ description: '`next` of the page before' })),
})

// Any text is a possible id: what cannot be one answers as what does not exist.
const TrackPath = Type.Object({ trackId: Type.String({ description: '16 hex digits' }) })
type TrackPath = Static<typeof TrackPath>

const PlaylistPath = Type.Object({ publicId: Type.String({ description: 'Public id of a session' }) })
type PlaylistPath = Static<typeof PlaylistPath>

const ofType = (mediaType: string, schema: Type.TSchema, description: string) => ({
  description,
  content: { [mediaType]: { schema } },
})
const notModified = { description: 'What `If-None-Match` names is what there is', type: 'null' }
const problems = problemResponses('not-found', 'internal', 'store-unavailable')

/** Everything public under `/v1`. */
export const apiRoutes = (content: SiteContent): FastifyPluginAsync => {
  return async (server) => {
    // Bodies are bytes already; the schemas of answers are there for `/openapi.json` alone.
    server.setSerializerCompiler(() => JSON.stringify)
    // Problems too: a script that asks for a chart that there is not may read that.
    server.addHook('onRequest', async (_request, reply) => allowAnyOrigin(reply))

    server.get<{ Params: ChartPath }>(
      '/v1/charts/:region/:genre/:period',
      {
        schema: {
          summary: 'A chart',
          tags: ['charts'],
          params: ChartPath,
          response: { 200: ofType('application/json', Chart, 'The chart'), 304: notModified, ...problems },
        },
      },
      async (request, reply) =>
        sendPublicBody(request, reply, await content.chartJson(request.params), CHARTS_CACHE_CONTROL),
    )

    server.get<{ Params: ChartPath }>(
      '/v1/charts/:region/:genre/:period.csv',
      {
        schema: {
          summary: 'A chart as CSV (RFC 4180)',
          description: 'A text that a spreadsheet would run as a formula has an apostrophe in front.',
          tags: ['charts'],
          params: ChartPath,
          response: { 200: ofType('text/csv', Type.String(), 'The chart'), 304: notModified, ...problems },
        },
      },
      async (request, reply) => {
        const body = await content.chartCsv(request.params)
        const { region, genre, period } = request.params
        const fileName = `tonearm-${region}-${genre}-${period}.csv`.replace(/[^\w.-]/g, '_')
        reply.header('content-disposition', `inline; filename="${fileName}"`)
        return sendPublicBody(request, reply, body, CHARTS_CACHE_CONTROL)
      },
    )

    server.get<{ Querystring: Static<typeof DirectoryQuery> }>(
      '/v1/charts',
      {
        schema: {
          summary: 'Regions, genres and periods that have a chart',
          tags: ['charts'],
          querystring: DirectoryQuery,
          response: {
            200: ofType('application/json', ChartDirectory, 'A page of them'),
            304: notModified,
            ...problemResponses('invalid-request', 'internal', 'store-unavailable'),
          },
        },
      },
      async (request, reply) => {
        const { limit = DIRECTORY_LIMIT, cursor } = request.query
        const after = cursor === undefined ? DIRECTORY_START : decodeDirectoryCursor(cursor)
        if (after === undefined) {
          const errors = [{ path: '/cursor', message: 'must be the `next` of a page before' }]
          throw new HttpProblem('invalid-request', { errors })
        }
        return sendPublicBody(request, reply, await content.directoryJson(after, limit), CHARTS_CACHE_CONTROL)
      },
    )

    server.get<{ Params: TrackPath }>(
      '/v1/tracks/:trackId',
      {
        schema: {
          summary: 'A track and its runs on charts',
          tags: ['charts'],
          params: TrackPath,
          response: { 200: ofType('application/json', TrackRuns, 'The track'), 304: notModified, ...problems },
        },
      },
      async (request, reply) => {
        return sendPublicBody(request, reply, await content.trackJson(request.params.trackId), CHARTS_CACHE_CONTROL)
      },
    )

    server.get<{ Params: PlaylistPath }>(
      '/v1/playlists/:publicId',
      {
        schema: {
          summary: 'A public session',
          tags: ['playlists'],
          params: PlaylistPath,
          response: { 200: ofType('application/json', Playlist, 'The session'), 304: notModified, ...problems },
        },
      },
      async (request, reply) =>
        sendPublicBody(request, reply, await content.playlistJson(request.params.publicId), PLAYLIST_CACHE_CONTROL),
    )
  }
}
