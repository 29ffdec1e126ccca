/**
 * `/playlists/{id}/events`: what is new in a public session while it goes on.
 *
 * `set` carries the part of the page that changes, rendered once a language for all who listen; `over` is the last one. A
 * session that is public and over answers 204, which tells a browser not to come again.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { type Language, languagePrefix, languages } from '#platform/pages/language.ts'
import { type Locale, localeOf } from '#platform/pages/locale.ts'
import { playlistSet } from '../../pages/playlist-page.ts'
import type { PlaylistView } from '../playlist-view.ts'
import { createEventStream, EVENT_STREAM_TYPE, type EventStream } from './event-stream.ts'
import { createListenerPlaces } from './listener-places.ts'
import { createSetWatcher } from './watch-sets.ts'

const SETS_MAX = 50
const LISTENERS_MAX = 1_000
/** Behind a proxy all have its address, and so a twentieth of the places; the page then has its link. */
const LISTENERS_AN_ADDRESS_MAX = 50

export interface LiveRoutesOptions {
  /** As a page is looked up; rejects with `not-found` where there is none that is public. */
  readonly findView: (publicId: string) => Promise<PlaylistView>
  readonly readView: (publicId: string) => Promise<PlaylistView | undefined>
  /** How often a session is looked at, however many listen. */
  readonly intervalMs: number
}

export const liveRoutes = ({ findView, readView, intervalMs }: LiveRoutesOptions): FastifyPluginAsync => {
  const watcher = createSetWatcher({ readView, intervalMs, setsMax: SETS_MAX })
  const places = createListenerPlaces({ max: LISTENERS_MAX, maxAnAddress: LISTENERS_AN_ADDRESS_MAX })
  const open = new Set<EventStream>()
  const dataOf = renderOnce()

  return async (server) => {
    // A server that closes waits for its answers, and these have no end of their own.
    server.addHook('preClose', async () => {
      for (const stream of open) stream.end()
    })
    for (const language of languages) {
      server.get<{ Params: { publicId: string } }>(
        `${languagePrefix(language)}/playlists/:publicId/events`,
        { schema },
        async (request, reply) => {
          const view = await findView(request.params.publicId)
          if (!view.isGoingOn) return reply.status(204).send()
          const leave = places.take(request.ip)
          if (leave === undefined) throw new HttpProblem('overloaded')
          let stop: (() => void) | undefined
          const stream = createEventStream(() => {
            stop?.()
            leave()
            open.delete(stream)
          })
          stop = watcher.watch(view, (news) => {
            if (news.kind === 'changed') stream.send('set', dataOf(news.view, language))
            else {
              stream.send('over', '{}')
              stream.end()
            }
          })
          if (stop === undefined) {
            stream.readable.destroy()
            throw new HttpProblem('overloaded')
          }
          open.add(stream)
          // It was read a moment ago, while nobody watched yet.
          stream.send('set', dataOf(view, language))
          return reply.type(EVENT_STREAM_TYPE).header('x-accel-buffering', 'no').send(stream.readable)
        },
      )
    }
  }
}

/** Renders a view once a language, however many listen; both go with the view. */
function renderOnce(): (view: PlaylistView, language: Language) => string {
  const rendered = new WeakMap<PlaylistView, Map<Language, string>>()
  return (view, language) => {
    const byLanguage = rendered.get(view) ?? new Map<Language, string>()
    rendered.set(view, byLanguage)
    const data = byLanguage.get(language) ?? toData(view, localeOf(language))
    byLanguage.set(language, data)
    return data
  }
}

function toData(view: PlaylistView, locale: Locale): string {
  const { texts } = locale
  return JSON.stringify({
    html: playlistSet(view, locale).markup,
    status: view.isGoingOn ? texts.playlist.grown(view.playlist.tracks.length) : texts.playlist.over,
  })
}
