/**
 * `/sql`: ClickHouse's HTTP interface for analysts.
 * @module
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { handleClickhouseRequest } from '#platform/clickhouse-http/handle-request.ts'
import type { VerifyToken } from '#platform/http/access.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { AnalystEngines } from './analyst-engine.ts'
import { authenticate } from './authenticate.ts'
import { pingSchema, sqlBodySchema, sqlSchema } from './documentation.ts'

export interface AnalystRoutesOptions {
  readonly engines: AnalystEngines
  readonly verifyToken: VerifyToken
  readonly pseudonyms: Pick<Pseudonyms, 'analyst'>
  /** How long an answer may stand still. */
  readonly readingMsMax: number
}

/** A statement with its parameters. What analysts write is short; lists of ids are not. */
const QUERY_BYTES_MAX = 256 * 1024
const SENDING_MS_MAX = 30_000
const LEFT_BYTES_MAX = 32 * 1024 * 1024

/** What would keep something between two requests. Nothing is kept, so there is nothing that they could mean. */
const passedOver: ReadonlySet<string> = new Set(['session_id', 'session_timeout', 'session_check'])

export function createAnalystRoutes(options: AnalystRoutesOptions): FastifyPluginAsync {
  const { engines, verifyToken, pseudonyms, readingMsMax } = options

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // From here on it is the interface's: nothing is parsed, and nothing held.
    reply.hijack()
    reply.raw.setHeader('x-request-id', request.id)
    await handleClickhouseRequest(request.raw, reply.raw, {
      prefix: '/sql',
      livesAtRoot: false,
      openEngine: async (credentials) => engines.of(pseudonyms.analyst(await authenticate(credentials, verifyToken))),
      queryBytesMax: QUERY_BYTES_MAX,
      sendingMsMax: SENDING_MS_MAX,
      readingMsMax,
      leftBytesMax: LEFT_BYTES_MAX,
      passedOver,
    })
  }

  return async (server) => {
    server.removeAllContentTypeParsers()
    // The body is read by the interface, whatever its type says.
    server.addContentTypeParser('*', (_request, _body, done) => done(null))
    server.setValidatorCompiler(() => () => true)

    server.get('/sql', { schema: sqlSchema }, answer)
    server.get('/sql/', { schema: sqlSchema }, answer)
    server.post('/sql', { schema: sqlBodySchema }, answer)
    server.post('/sql/', { schema: sqlBodySchema }, answer)
    server.get('/sql/ping', { schema: pingSchema }, answer)
    for (const url of ['/sql', '/sql/']) {
      server.options(url, { schema: { hide: true } }, async (_request, reply) =>
        reply.status(204).header('allow', 'GET, HEAD, OPTIONS, POST').send(),
      )
    }
  }
}
