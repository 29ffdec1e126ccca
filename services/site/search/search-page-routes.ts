/**
 * `/search`: the page of the search, in every language.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import Type, { type Static } from 'typebox'
import { answerWithPages } from '#platform/pages/answer-with-pages.ts'
import { languagePrefix, languages } from '#platform/pages/language.ts'
import { toDocument } from '#platform/pages/layout.ts'
import { localeOf } from '#platform/pages/locale.ts'
import { CHARTS_CACHE_CONTROL, HTML_TYPE, sendPublicBody, toPublicBody } from '#platform/pages/public-answer.ts'
import { SEARCH_CHARS_MAX } from '#schemas/records/search.ts'
import { searchPage } from '../pages/search-page.ts'
import { answerSearch, type SearchQuestion } from './answer-search.ts'
import type { ChartNames } from './chart-names.ts'

const RESULTS_MAX = 50

// What is too long is cut off: a reader who pastes a page gets no error for it.
const asked = Type.Optional(Type.String())
const PageQuery = Type.Object({ q: asked, artist: asked, label: asked })

export const searchPageRoutes = (chartNames: () => Promise<ChartNames>, origin: string): FastifyPluginAsync => {
  return async (server) => {
    answerWithPages(server)
    for (const language of languages) {
      const locale = localeOf(language)
      server.get<{ Querystring: Static<typeof PageQuery> }>(
        `${languagePrefix(language)}/search`,
        { schema: { hide: true, querystring: PageQuery } },
        async (request, reply) => {
          const question = toQuestion(request.query)
          const answer = question === undefined ? undefined : answerSearch(await chartNames(), question, RESULTS_MAX)
          const page = searchPage(question ?? {}, answer, locale)
          const body = toPublicBody(toDocument(page, locale, origin), HTML_TYPE)
          return sendPublicBody(request, reply, body, CHARTS_CACHE_CONTROL)
        },
      )
    }
  }
}

/** The first of the three that says anything. */
function toQuestion({ q, artist, label }: Static<typeof PageQuery>): SearchQuestion | undefined {
  const cut = (text: string | undefined) => text?.trim().slice(0, SEARCH_CHARS_MAX) || undefined
  const [words, named, house] = [cut(q), cut(artist), cut(label)]
  if (words !== undefined) return { q: words }
  if (named !== undefined) return { artist: named }
  return house === undefined ? undefined : { label: house }
}
