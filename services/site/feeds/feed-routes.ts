/**
 * Atom feeds of charts.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { allowAnyOrigin } from '#platform/http/security-headers.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { CHARTS_CACHE_CONTROL, sendPublicBody } from '#platform/pages/public-answer.ts'
import type { PeriodKind } from '#rules/periods.ts'
import { LATEST, parseChartAddress } from '../charts/chart-address.ts'
import type { SiteContent } from '../site-content.ts'
import type { FeedAddress } from './read-feed.ts'

const kinds: readonly string[] = ['week', 'month', 'year'] satisfies PeriodKind[]

export const feedRoutes = (content: SiteContent): FastifyPluginAsync => {
  return async (server) => {
    server.addHook('onRequest', async (_request, reply) => allowAnyOrigin(reply))
    server.get<{ Params: { region: string; genre: string; kind: string } }>(
      '/feeds/charts/:region/:genre/:kind.atom',
      { schema },
      async (request, reply) => {
        const address = parseFeedAddress(request.params)
        if (address === undefined) throw new HttpProblem('not-found')
        return sendPublicBody(request, reply, await content.feedAtom(address), CHARTS_CACHE_CONTROL)
      },
    )
  }
}

function parseFeedAddress(parts: { region: string; genre: string; kind: string }): FeedAddress | undefined {
  const { region, genre, kind } = parts
  if (!isKind(kind) || parseChartAddress({ region, genre, period: LATEST }) === undefined) return undefined
  return { region, genre, kind }
}

function isKind(kind: string): kind is PeriodKind {
  return kinds.includes(kind)
}
