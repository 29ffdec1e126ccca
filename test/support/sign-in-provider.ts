/**
 * An identity provider to sign in at (OpenID Connect): lets everybody in as who a test says, and is as strict with the
 * service as a real one: its password, the address to come back to, PKCE, each code once.
 * @module
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSigningKey, createTokenMaker, type TokenMaker } from './identity-provider.ts'

export interface SignInProvider extends TokenMaker {
  readonly clientId: string
  readonly clientSecret: string
  readonly jwksUrl: URL
  /** Who signs in next, and what is other than it should be. */
  readonly next: {
    account: string
    /** Claims of the id token in place of the right ones. */
    idToken: Record<string, unknown>
    /** What the provider says in place of a code, such as `access_denied`. */
    error: string | undefined
    accessToken: string | undefined
  }
  close(): Promise<void>
}

/** @param redirectUri the one address that it sends people back to */
export async function startSignInProvider(redirectUri: () => string): Promise<SignInProvider> {
  const [clientId, clientSecret] = ['tonearm', 'a secret: with signs & blanks']
  const key = await createSigningKey('first')
  const next: SignInProvider['next'] = { account: 'ana', idToken: {}, error: undefined, accessToken: undefined }
  const codes = new Map<string, URLSearchParams>()
  let issuer = ''
  let maker: TokenMaker

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const json = (status: number, value: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (url.pathname === '/.well-known/openid-configuration') return json(200, metadata())
    if (url.pathname === '/keys') return json(200, { keys: [key.publicJwk] })
    if (url.pathname === '/authorize') {
      const asked = url.searchParams
      if (asked.get('redirect_uri') !== redirectUri() || asked.get('client_id') !== clientId) return json(400, {})
      if (asked.get('code_challenge_method') !== 'S256' || !asked.get('nonce')) return json(400, {})
      const code = randomUUID()
      codes.set(code, asked)
      const back = new URL(redirectUri())
      const answer = next.error === undefined ? { code } : { error: next.error }
      back.search = new URLSearchParams({ ...answer, state: asked.get('state') ?? '', iss: issuer }).toString()
      return response.writeHead(302, { location: back.href }).end()
    }
    if (url.pathname === '/token') return json(...(await exchange(request)))
    return json(404, {})
  })

  function metadata() {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      end_session_endpoint: `${issuer}/sign-out`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [key.algorithm],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    }
  }

  async function exchange(request: IncomingMessage): Promise<[number, object]> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const form = new URLSearchParams(body)
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isRight = form.get('client_id') === clientId && form.get('client_secret') === clientSecret
    if (!isRight) return [401, { error: 'invalid_client' }]
    if (asked?.get('code_challenge') !== challenge || form.get('redirect_uri') !== redirectUri()) {
      return [400, { error: 'invalid_grant' }]
    }
    const claims = { aud: clientId, nonce: asked.get('nonce'), scope: undefined, ...next.idToken }
    return [
      200,
      {
        access_token: next.accessToken ?? (await maker.token(next.account)),
        token_type: 'Bearer',
        expires_in: 600,
        id_token: await maker.token(next.account, claims),
      },
    ]
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  issuer = `http://127.0.0.1:${port}`
  maker = createTokenMaker(issuer, 'tonearm-test', key)
  return {
    ...maker,
    clientId,
    clientSecret,
    jwksUrl: new URL('/keys', issuer),
    next,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
