/**
 * The pages of public sessions, their images, and what is new in them while they go on. None of it is remembered: a playlist
 * has to go the moment its DJ takes it back, and private, erased and unknown ones answer alike.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { answerWithPages, pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { DEFAULT_LANGUAGE, languagePrefix, languages } from '#platform/pages/language.ts'
import { toDocument } from '#platform/pages/layout.ts'
import { localeOf } from '#platform/pages/locale.ts'
import { HTML_TYPE, PLAYLIST_CACHE_CONTROL, sendPublicBody, toPublicBody } from '#platform/pages/public-answer.ts'
import type { ImageDrawer } from '../images/draw-image.ts'
import { playlistImage } from '../images/playlist-image.ts'
import { playlistPage } from '../pages/playlist-page.ts'
import { hideAbsence } from './hide-absence.ts'
import { liveRoutes } from './live/live-routes.ts'
import { type PlaylistView, type PlaylistViewOptions, readPlaylistView } from './playlist-view.ts'

export interface PlaylistRoutesOptions extends PlaylistViewOptions {
  readonly images: ImageDrawer
  /** Setting `PUBLIC_URL`, or nothing. */
  readonly origin: string
  readonly liveIntervalMs: number
}

export const playlistRoutes = ({
  images,
  origin,
  liveIntervalMs,
  ...reading
}: PlaylistRoutesOptions): FastifyPluginAsync => {
  const readView = (publicId: string) => readPlaylistView(reading, publicId)
  const findView = async (publicId: string): Promise<PlaylistView> => {
    const view = await hideAbsence(() => readView(publicId))
    if (view === undefined) throw new HttpProblem('not-found')
    return view
  }

  return async (server) => {
    answerWithPages(server)
    for (const language of languages) {
      const locale = localeOf(language)
      server.get<{ Params: { publicId: string } }>(
        `${languagePrefix(language)}/playlists/:publicId`,
        { schema },
        async (request, reply) => {
          const page = playlistPage(await findView(request.params.publicId), locale, origin)
          const body = toPublicBody(toDocument(page, locale, origin), HTML_TYPE)
          return sendPublicBody(request, reply, body, PLAYLIST_CACHE_CONTROL)
        },
      )
    }
    server.get<{ Params: { publicId: string } }>(
      '/playlists/:publicId/image.png',
      { schema },
      async (request, reply) => {
        const { playlist } = await findView(request.params.publicId)
        // One image for all languages: who shows a link to it does not say which.
        const png = await images.draw(playlistImage(playlist, localeOf(DEFAULT_LANGUAGE)))
        reply.header('cross-origin-resource-policy', 'cross-origin')
        return sendPublicBody(request, reply, toPublicBody(png, 'image/png'), PLAYLIST_CACHE_CONTROL)
      },
    )
    await server.register(liveRoutes({ findView, readView, intervalMs: liveIntervalMs }))
  }
}
