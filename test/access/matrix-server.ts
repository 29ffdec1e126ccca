/**
 * The real service, once with tokens of its local key and once with those of an identity provider.
 * @module
 */
import { request } from 'node:http'
import { importJWK } from 'jose'
import { afterAll } from 'vitest'
import { readLocalKey } from '#platform/keys/local-tokens.ts'
import { createTokenMaker, startIdentityProvider, type TokenMaker } from '../support/identity-provider.ts'
import { newDataDir, type RunningServer, startServer } from '../support/start-server.ts'
import type { DocumentedOperation } from './documented-operations.ts'

export interface MatrixServer {
  readonly server: RunningServer
  readonly issuer: TokenMaker
}

const settings = { UPLOADS_PER_MINUTE: '1000000', CHARTS_CRON: '0 0 29 2 *' }

export async function startWithLocalKey(): Promise<MatrixServer> {
  const server = await startServer({ settings })
  return { server, issuer: await localIssuer(server.dataDir) }
}

export async function startWithIdentityProvider(): Promise<MatrixServer> {
  const issuer = await startIdentityProvider()
  afterAll(() => issuer.close())
  const { jwksUrl, issuer: name, audience } = issuer
  const auth = { AUTH_JWKS_URL: jwksUrl.href, AUTH_ISSUER: name, AUTH_AUDIENCE: audience }
  return { server: await startServer({ dataDir: newDataDir(), settings: { ...settings, ...auth } }), issuer }
}

/** The issuer that the key of a data folder is; where there is none yet, it is made. */
export async function localIssuer(dataDir: string): Promise<TokenMaker> {
  const { d: _, ...publicJwk } = await readLocalKey(dataDir)
  const privateKey = await importJWK(await readLocalKey(dataDir), 'EdDSA')
  if (privateKey instanceof Uint8Array) throw new Error('a symmetric key')
  const key = { kid: publicJwk.kid ?? '', algorithm: 'EdDSA', privateKey, publicJwk }
  return createTokenMaker('tonearm-local', 'tonearm', key)
}

const ANSWER_MS_MAX = 10_000

export interface PlainAnswer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

/**
 * Sends a request, and where its operation takes a body, announces one that never comes: an answer then shows that the
 * body was not waited for. With `body`, that is sent.
 */
export async function send(
  address: string,
  { method, bodyType }: Pick<DocumentedOperation, 'method' | 'bodyType'>,
  path: string,
  authorization: string | undefined,
  body?: string,
): Promise<PlainAnswer> {
  const announced = bodyType === undefined ? undefined : (body?.length ?? 1_000_000)
  return await new Promise((resolve, reject) => {
    const sent = request(new URL(path, address), {
      method,
      agent: false,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(announced === undefined ? {} : { 'content-type': bodyType, 'content-length': announced }),
      },
    })
    sent.once('error', reject)
    // Whoever waits for the body waits for ever.
    sent.setTimeout(ANSWER_MS_MAX, () => sent.destroy(new Error(`no answer to ${method} ${path}`)))
    sent.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        sent.destroy()
      })
    })
    if (announced === undefined) sent.end()
    else if (body !== undefined) sent.end(body)
    else sent.flushHeaders()
  })
}
