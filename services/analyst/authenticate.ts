/**
 * Who asks: a token of the service, in whichever place a ClickHouse client keeps its password.
 * @module
 */
import { ClickhouseException } from '#platform/clickhouse-http/exception.ts'
import type { Credentials } from '#platform/clickhouse-http/read-request.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Caller, VerifyToken } from '#platform/http/access.ts'

/** A token is not longer than this; what is longer is none, and is not hashed to find out. */
const TOKEN_LENGTH_MAX = 16 * 1024

/**
 * The account of a token with the scope `analyst`.
 * @throws ClickhouseException `AUTHENTICATION_FAILED` (401) for no token or a bad one, `ACCESS_DENIED` (403) for another scope
 */
export async function authenticate({ password }: Credentials, verifyToken: VerifyToken): Promise<string> {
  const isToken = password !== '' && password.length <= TOKEN_LENGTH_MAX
  const caller = isToken ? await verify(password, verifyToken) : undefined
  if (caller === undefined) {
    throw new ClickhouseException(
      'AUTHENTICATION_FAILED',
      'Authentication failed: the password is a token of this service, and none or a bad one was given.',
      undefined,
      401,
    )
  }
  if (!caller.scopes.has('analyst')) {
    throw new ClickhouseException('ACCESS_DENIED', 'Not enough privileges: the token has not the scope analyst.')
  }
  return caller.accountId
}

async function verify(token: string, verifyToken: VerifyToken): Promise<Caller | undefined> {
  try {
    return await verifyToken(token)
  } catch (cause) {
    if (!(cause instanceof TonearmError)) throw cause
    throw new ClickhouseException('NETWORK_ERROR', 'who issues the tokens is out of reach', cause, 503)
  }
}
