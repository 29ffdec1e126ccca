/**
 * `/sql` of a service that runs, and what its clients send.
 * @module
 */
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  createClient,
} from '@clickhouse/client'
import { onTestFinished } from 'vitest'
import type { Scope } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'

/** A request to it, as it goes over the wire. */
export interface SqlRequest {
  /** What stands behind the question mark, already encoded, or the parameters. */
  readonly address?: string | Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
  /** Who asks; nobody where it is `undefined`. */
  readonly analyst?: string | undefined
  readonly signal?: AbortSignal
}

export interface SqlAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Number of ClickHouse's exception; 0 where there is none. */
  readonly code: number
}

export interface Analysts {
  readonly address: string
  token(name: string, ...scopes: readonly Scope[]): Promise<string>
  send(request: SqlRequest): Promise<SqlAnswer>
  /** Sends a statement of the analyst `ana`. */
  ask(statement: string, address?: Readonly<Record<string, string>>): Promise<SqlAnswer>
  /** The official client, with a token as its password. */
  client(options?: ClickHouseClientConfigOptions): Promise<ClickHouseClient>
}

export function analystsAt(address: string, dataDir: string): Analysts {
  const tokens = new Map<string, Promise<string>>()
  const issue = async (name: string, scopes: readonly Scope[]) =>
    await issueToken(await readLocalKey(dataDir), name, scopes.length === 0 ? ['analyst'] : scopes)

  /** The same at each call, as a client keeps its own. */
  function token(name: string, ...scopes: readonly Scope[]): Promise<string> {
    const key = [name, ...scopes].join(' ')
    const issued = tokens.get(key) ?? issue(name, scopes)
    tokens.set(key, issued)
    return issued
  }

  async function send({
    address: given = '',
    body,
    headers = {},
    method,
    analyst,
    signal,
  }: SqlRequest): Promise<SqlAnswer> {
    const query = typeof given === 'string' ? given : new URLSearchParams(given).toString()
    const authorization: Record<string, string> =
      analyst === undefined ? {} : { authorization: `Bearer ${await token(analyst)}` }
    const answer = await fetch(`${address}/sql/?${query}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...authorization, ...headers },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    })
    const text = await answer.text()
    // One that comes when a part of the answer is out stands at the end of it.
    const late = /__exception__\r\n\w+\r\nCode: (\d+)/.exec(text)?.[1]
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      code: Number(answer.headers.get('x-clickhouse-exception-code') ?? late ?? 0),
    }
  }

  return {
    address,
    token,
    send,
    ask: (statement, query = {}) => send({ body: statement, address: query, analyst: 'ana' }),
    async client(options = {}) {
      const client = createClient({
        url: address,
        pathname: '/sql',
        username: 'anything',
        password: await token('ana'),
        log: { level: ClickHouseLogLevel.OFF },
        ...options,
      })
      onTestFinished(() => client.close())
      return client
    },
  }
}
