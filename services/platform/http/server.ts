/**
 * The HTTP server that every service's routes stand on: problems, request ids, log lines without personal data.
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify'
import type { Registry } from 'prom-client'
import { PROBLEM_MEDIA_TYPE } from '#schemas/records/problem.ts'
import { BODY_BYTES_MAX } from '#schemas/records/session.ts'
import { TonearmError } from '../errors/tonearm-error.ts'
import { collectMethods } from './allowed-methods.ts'
import { endConnectionsOnClose } from './end-connections.ts'
import { countRequests } from './http-metrics.ts'
import { HttpProblem, type ProblemExtras, toProblem } from './problem.ts'
import { type ProblemCode, problemCatalogue } from './problem-catalogue.ts'
import { securityHeaders, sendSecurityHeaders } from './security-headers.ts'
import type { TlsIdentity } from './tls-files.ts'

/** Seconds that a client waits where a dependency is out of reach. */
const RETRY_AFTER_SECONDS = 5

/** Leaves of the ten seconds of an orderly end (CONTRACT, "Operations") enough to store the batch in hand. */
const DRAIN_MS_MAX = 5_000

/** A session's id in a path: 1,000 characters, each up to four bytes, each byte percent-encoded. */
const PATH_PARAMETER_LENGTH_MAX = 12_000

/** Makes a server without routes. Each service registers its own as a plugin. */
export function createServer(options: {
  /** One of `createLogger`, which lets no more of an error into a line than may be there. */
  readonly logger: FastifyBaseLogger
  /** With it the server speaks HTTPS and nothing else. */
  readonly tls?: TlsIdentity | undefined
  /** Where requests are counted. */
  readonly registry?: Registry
  /** How long a server that closes waits for the requests in hand, milliseconds. */
  readonly drainMsMax?: number
}): FastifyInstance {
  const headers = securityHeaders({ isTls: options.tls !== undefined })
  const server = fastify({
    https: options.tls ?? null,
    loggerInstance: options.logger,
    bodyLimit: BODY_BYTES_MAX,
    // Fastify's own lines hold the address of the caller and the whole URL.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: PATH_PARAMETER_LENGTH_MAX },
    // Addresses that cannot be decoded end before any route; their answers are problems all the same.
    frameworkErrors: (_error, _request, reply) => sendProblem(reply, 'invalid-request'),
    clientErrorHandler: (error, socket) => answerUnreadableRequest(error, socket, headers),
    // Fastify's type names the server by its protocol; routes see no difference.
  }) as unknown as FastifyInstance
  server.setValidatorCompiler(TypeBoxValidatorCompiler)
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  sendSecurityHeaders(server, headers)
  if (options.registry !== undefined) countRequests(server, options.registry)
  server.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the URL: paths name sessions and people.
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  endConnectionsOnClose(server, options.drainMsMax ?? DRAIN_MS_MAX)
  const methodsOf = collectMethods(server)
  server.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url.split('?', 1)[0] ?? '')
    // A route of this very method that found nothing comes here as well.
    if (methods.length === 0 || methods.includes(request.method)) return sendProblem(reply, 'not-found')
    return sendProblem(reply.header('allow', methods.join(', ')), 'method-not-allowed')
  })
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const { code, extras } = classify(error)
    if (problemCatalogue[code].status >= 500) request.log.error({ code, error }, 'request failed')
    return sendProblem(reply, code, extras)
  })
  return server
}

/** Answers with a problem. */
function sendProblem(reply: FastifyReply, code: ProblemCode, extras: ProblemExtras = {}): FastifyReply {
  const problem = toProblem(code, extras)
  if (extras.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(extras.retryAfterSeconds))
  else if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  // As bytes, for to a text Fastify adds a charset, which the media type does not have (RFC 9457, 6.1).
  return reply
    .status(problem.status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(Buffer.from(JSON.stringify(problem)))
}

/** What is no HTTP never becomes a request, so the answer is written by hand. */
function answerUnreadableRequest(
  error: Error & { code?: string },
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  // To a handshake that failed there is no answer, for nothing can be said without TLS.
  const isHttp = error.code !== undefined && /^(HPE|ERR_HTTP)_/.test(error.code)
  if (!isHttp || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(toProblem('invalid-request'))
  const lines = Object.entries({
    ...headers,
    'content-type': PROBLEM_MEDIA_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${body}`)
}

function classify(error: FastifyError): { code: ProblemCode; extras: ProblemExtras } {
  if (error instanceof HttpProblem) return { code: error.code, extras: error.extras }
  if (error instanceof TonearmError) {
    return { code: outageOf(error), extras: {} }
  }
  if (error.validation !== undefined) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: instancePath,
      message: message ?? 'not valid',
    }))
    return { code: 'invalid-request', extras: { errors } }
  }
  switch (error.statusCode) {
    case 400:
      return { code: 'unreadable-body', extras: {} }
    case 413:
      return { code: 'body-too-large', extras: {} }
    case 415:
      return { code: 'unsupported-media-type', extras: {} }
    default:
      return { code: 'internal', extras: {} }
  }
}

/** Of our errors, those that a client can do something about: wait. */
function outageOf({ code }: TonearmError): ProblemCode {
  switch (code) {
    case 'log-unavailable':
    case 'store-unavailable':
    case 'identity-provider-unavailable':
      return code
    // The erasure is in the log and not in the ledger: asking again is safe, and writes both.
    case 'ledger-unavailable':
      return 'log-unavailable'
    default:
      return 'internal'
  }
}
