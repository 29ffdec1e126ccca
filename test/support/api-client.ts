/**
 * A client of the HTTP interface, as a program of a stranger would have it: nothing of the server's code in it.
 * @module
 */
import { gzipSync } from 'node:zlib'

export interface ApiRequest {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as NDJSON, in gzip. */
  readonly ndjson?: readonly unknown[]
  /** Sent as it is. */
  readonly bytes?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly text: string
  /** The body as JSON. The type is what the test expects; the assertions on it tell whether that is so. */
  json<T = Record<string, unknown>>(): T
}

export interface ApiClient {
  readonly token: string | undefined
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  post(path: string, request: ApiRequest): Promise<ApiAnswer>
  patch(path: string, json: unknown): Promise<ApiAnswer>
  delete(path: string): Promise<ApiAnswer>
  request(method: string, path: string, request?: ApiRequest): Promise<ApiAnswer>
}

export function createApiClient(address: string, token?: string): ApiClient {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }

  async function request(method: string, path: string, sent: ApiRequest = {}): Promise<ApiAnswer> {
    const { body, headers } = encode(sent)
    const answer = await fetch(new URL(path, address), {
      method,
      headers: { ...authorization, ...headers, ...sent.headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const text = bytes.toString('utf8')
    return { status: answer.status, headers: answer.headers, bytes, text, json: () => JSON.parse(text) }
  }

  return {
    token,
    request,
    get: (path, headers = {}) => request('GET', path, { headers }),
    post: (path, sent) => request('POST', path, sent),
    patch: (path, json) => request('PATCH', path, { json }),
    delete: (path) => request('DELETE', path),
  }
}

function encode({ json, ndjson, bytes }: ApiRequest): {
  body?: string | Uint8Array<ArrayBuffer>
  headers: Record<string, string>
} {
  if (json !== undefined) return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
  if (ndjson !== undefined) {
    const lines = ndjson.map((line) => JSON.stringify(line)).join('\n')
    return {
      body: new Uint8Array(gzipSync(lines)),
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    }
  }
  return bytes === undefined ? { headers: {} } : { body: bytes, headers: {} }
}
