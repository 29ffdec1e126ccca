/**
 * What the routes for callers of one scope have in common: who calls becomes a pseudonym at the door, bodies are small
 * JSON that the handlers check.
 * @module
 */
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requireScope, type Scope, type VerifyToken } from './access.ts'

export interface ScopedRoutesOptions {
  readonly scope: Scope
  readonly verifyToken: VerifyToken
  /**
   * Takes the caller in: turns the account id into the pseudonym that the handlers go by. The id itself goes no further.
   * What it throws is the answer.
   */
  readonly admit: (request: FastifyRequest, accountId: string) => Promise<void> | void
  readonly bodyBytesMax: number
  /** Media types beside `application/json`. */
  readonly mediaTypes?: readonly string[]
}

/** Prepares a plugin's server; call it before the routes. Answers of theirs are kept by nobody. */
export function prepareScopedRoutes(server: FastifyInstance, options: ScopedRoutesOptions): void {
  const { scope, verifyToken, admit, bodyBytesMax, mediaTypes = [] } = options
  // Before the body is read: a stranger costs no more than the check of a token.
  server.addHook('onRequest', async (request, reply) => {
    const { accountId } = await requireScope(request, scope, verifyToken)
    await admit(request, accountId)
    reply.header('cache-control', 'no-store')
  })

  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    ['application/json', ...mediaTypes],
    { parseAs: 'string', bodyLimit: bodyBytesMax },
    parseJson,
  )
  // The handlers check bodies themselves, to say what would be right.
  server.setValidatorCompiler((part) => (part.httpPart === 'body' ? () => true : TypeBoxValidatorCompiler(part)))
  // What is answered was made from the records. A serializer made of the schemas would drop what they do not name, and
  // hide a slip that tests against `/openapi.json` are there to find.
  server.setSerializerCompiler(() => JSON.stringify)
}
