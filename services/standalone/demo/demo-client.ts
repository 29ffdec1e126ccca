/**
 * The calls that the demo makes, over HTTP like everybody's.
 * @module
 */
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'

/** What the server answered is not what the demo needs. Names no data. */
class DemoCallFailed extends Error {
  constructor(method: string, path: string, status: number, detail: string) {
    super(`${method} ${path} was answered ${status}: ${detail}`)
    this.name = 'DemoCallFailed'
  }
}

export interface DemoClient {
  /** A call of a DJ. Resolves with the body of a 2xx; rejects with an error that says how it was answered for all else. */
  call(account: string, method: string, path: string, body?: string): Promise<unknown>
  /** The body of what is public, as text; `undefined` where it does not exist. */
  read(path: string): Promise<string | undefined>
}

const DETAIL_LENGTH_MAX = 300

/** @param dataDir Its local key signs the tokens. */
export async function createDemoClient(address: string, dataDir: string, signal: AbortSignal): Promise<DemoClient> {
  const key = await readLocalKey(dataDir)
  const tokens = new Map<string, string>()

  async function tokenOf(account: string): Promise<string> {
    const token = tokens.get(account) ?? (await issueToken(key, account, ['dj'], 1))
    tokens.set(account, token)
    return token
  }

  return {
    async call(account, method, path, body) {
      const response = await fetch(new URL(path, address), {
        method,
        signal,
        headers: {
          authorization: `Bearer ${await tokenOf(account)}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
      })
      const text = await response.text()
      if (!response.ok) throw new DemoCallFailed(method, path, response.status, text.slice(0, DETAIL_LENGTH_MAX))
      return JSON.parse(text)
    },
    async read(path) {
      const response = await fetch(new URL(path, address), { signal })
      const text = await response.text()
      if (response.status === 404) return undefined
      if (!response.ok) throw new DemoCallFailed('GET', path, response.status, text.slice(0, DETAIL_LENGTH_MAX))
      return text
    },
  }
}
