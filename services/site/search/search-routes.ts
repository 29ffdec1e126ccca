/**
 * `GET /v1/search`: finds tracks, artists and labels on published charts.
 * @module
 */
// Brings the members of a route's schema that `/openapi.json` is made of.
import type {} from '@fastify/swagger'
import type { FastifyPluginAsync } from 'fastify'
import Type, { type Static } from 'typebox'
import { HttpProblem } from '#platform/http/problem.ts'
import { problemResponses } from '#platform/http/problem-responses.ts'
import { allowAnyOrigin } from '#platform/http/security-headers.ts'
import { CHARTS_CACHE_CONTROL, JSON_TYPE, sendPublicBody, toPublicBody } from '#platform/pages/public-answer.ts'
import { SEARCH_CHARS_MAX, SEARCH_LIMIT, SEARCH_LIMIT_MAX, SearchAnswer } from '#schemas/records/search.ts'
import { answerSearch } from './answer-search.ts'
import type { ChartNames } from './chart-names.ts'

const asked = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: SEARCH_CHARS_MAX, description }))

const SearchQuery = Type.Object({
  q: asked('Words of a title, an artist or a label; case, accents and small errors do not matter'),
  artist: asked("In place of `q`: an artist's name, for their tracks"),
  label: asked("In place of `q`: a label's name, for its tracks"),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: SEARCH_LIMIT_MAX,
      default: SEARCH_LIMIT,
      description: 'At most so many of each',
    }),
  ),
})

export const searchRoutes = (chartNames: () => Promise<ChartNames>): FastifyPluginAsync => {
  return async (server) => {
    // Bodies are bytes already; the schemas of answers are there for `/openapi.json` alone.
    server.setSerializerCompiler(() => JSON.stringify)
    server.addHook('onRequest', async (_request, reply) => allowAnyOrigin(reply))

    server.get<{ Querystring: Static<typeof SearchQuery> }>(
      '/v1/search',
      {
        schema: {
          summary: 'Tracks, artists and labels on charts',
          description: 'Takes one of `q`, `artist` and `label`.',
          tags: ['charts'],
          querystring: SearchQuery,
          response: {
            200: { description: 'What was found', content: { 'application/json': { schema: SearchAnswer } } },
            304: { description: 'What `If-None-Match` names is what there is', type: 'null' },
            ...problemResponses('invalid-request', 'internal', 'store-unavailable'),
          },
        },
      },
      async (request, reply) => {
        const { limit = SEARCH_LIMIT, ...question } = request.query
        if (Object.keys(question).filter((name) => name in SearchQuery.properties).length !== 1) {
          throw new HttpProblem('invalid-request', { errors: [{ path: '/q', message: 'one of q, artist and label' }] })
        }
        const answer = answerSearch(await chartNames(), question, limit)
        return sendPublicBody(request, reply, toPublicBody(JSON.stringify(answer), JSON_TYPE), CHARTS_CACHE_CONTROL)
      },
    )
  }
}
