/**
 * Who calls: bearer tokens (JWT, RFC 7519) and their scopes.
 * @module
 */
import type { FastifyRequest } from 'fastify'
import { HttpProblem } from './problem.ts'

export type Scope = 'dj' | 'analyst' | 'admin'

/** What a token says, after it was verified. The account id leaves this object only as a pseudonym. */
export interface Caller {
  readonly accountId: string
  readonly scopes: ReadonlySet<string>
}

/** Verifies a token; `undefined` where it is not valid, for whatever reason. */
export type VerifyToken = (token: string) => Promise<Caller | undefined>

/** The caller of a request with the needed scope. Throws the problems `unauthorized` and `forbidden`. */
export async function requireScope(request: FastifyRequest, scope: Scope, verifyToken: VerifyToken): Promise<Caller> {
  const token = /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const caller = token === undefined ? undefined : await verifyToken(token)
  if (caller === undefined) throw new HttpProblem('unauthorized')
  if (!caller.scopes.has(scope)) throw new HttpProblem('forbidden')
  return caller
}
