/**
 * The load: a process that sends requests to another.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { answerCommands } from '../child-process.ts'
import { quantile } from '../rounds.ts'
import { makeSession } from '../session-maker.ts'
import { type Connection, encodeRequest, openConnection } from './connection.ts'

export interface PreparedUpload {
  readonly address: string
  readonly path: string
  readonly token: string
  readonly sessionsPerBody: number
  readonly tracksPerSession: number
  /** Different bodies; they come in turn. */
  readonly bodies: number
}

export interface LoadResult {
  readonly requests: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

interface Prepared {
  readonly address: string
  readonly requests: readonly Buffer[]
}

const prepared = new Map<string, Prepared>()
let pacing: { stop: boolean; readonly done: Promise<LoadResult> } | undefined

const commands = {
  prepareUpload(name: string, upload: PreparedUpload): { readonly bodyBytes: number } {
    const { address, path, token, sessionsPerBody, tracksPerSession } = upload
    const requests = Array.from({ length: upload.bodies }, (_, index) =>
      encodeUpload(path, token, index, 0, sessionsPerBody, tracksPerSession),
    )
    prepared.set(name, { address, requests })
    return { bodyBytes: requests[0]?.length ?? 0 }
  },

  prepareRead(name: string, address: string, path: string, accept: string): void {
    prepared.set(name, { address, requests: [encodeRequest('GET', path, { accept })] })
  },

  /** So many different bodies of so many sessions, from number `fromBody` on, each of one DJ; they come in turn. */
  prepareAll(
    name: string,
    options: Omit<PreparedUpload, 'token'> & { readonly tokens: readonly string[]; readonly fromBody: number },
  ): void {
    const { address, path, tokens, fromBody, sessionsPerBody, tracksPerSession } = options
    const requests = Array.from({ length: options.bodies }, (_, index) => {
      const dj = (fromBody + index) % tokens.length
      const from = Math.floor((fromBody + index) / tokens.length) * sessionsPerBody
      return encodeUpload(path, tokens[dj] ?? '', dj, from, sessionsPerBody, tracksPerSession)
    })
    prepared.set(name, { address, requests })
  },

  /** Everything that is prepared, once. */
  async sendAll(name: string, connections: number): Promise<void> {
    const { address, requests } = preparedAs(name)
    const open = await openConnections(address, connections)
    const left = requests.values()
    await Promise.all(
      open.map(async (connection) => {
        for (const request of left) await connection.exchange(request)
      }),
    )
    for (const connection of open) connection.close()
  },

  /** As many requests as the server takes. */
  async saturate(name: string, connections: number, seconds: number): Promise<LoadResult> {
    const { address, requests } = preparedAs(name)
    const open = await openConnections(address, connections)
    const latencies: number[] = []
    const startedAt = performance.now()
    const until = startedAt + seconds * 1000
    let next = 0
    await Promise.all(
      open.map(async (connection) => {
        while (performance.now() < until) {
          const sentAt = performance.now()
          await connection.exchange(at(requests, next++))
          latencies.push(performance.now() - sentAt)
        }
      }),
    )
    const elapsedMs = performance.now() - startedAt
    for (const connection of open) connection.close()
    return toResult(latencies, elapsedMs)
  },

  /**
   * So many requests a second until {@link commands.stopPacing}, whatever the answers do. A request's time counts from
   * when it was due, so that those that had to wait for a pause of the server tell of it too.
   */
  async startPacing(name: string, perSecond: number, connections: number): Promise<void> {
    const { address, requests } = preparedAs(name)
    const free = await openConnections(address, connections)
    const startedAt = performance.now()
    const latencies: number[] = []
    const due: number[] = []
    let sent = 0
    const work = async () => {
      for (let connection = free.pop(); connection !== undefined; connection = free.pop()) {
        const dueAt = due.shift()
        if (dueAt === undefined) {
          free.push(connection)
          return
        }
        await connection.exchange(at(requests, sent++))
        latencies.push(performance.now() - dueAt)
        free.push(connection)
      }
    }
    const state = { stop: false }
    const done = (async () => {
      const working = new Set<Promise<void>>()
      for (let dueAt = startedAt; !state.stop; dueAt += 1000 / perSecond) {
        await sleep(Math.max(0, dueAt - performance.now()))
        due.push(dueAt)
        const one = work()
        working.add(one)
        one.then(
          () => working.delete(one),
          () => undefined,
        )
      }
      await Promise.all(working)
      for (const connection of free) connection.close()
      return toResult(latencies, performance.now() - startedAt)
    })()
    done.catch(() => undefined)
    pacing = Object.assign(state, { done })
  },

  async stopPacing(): Promise<LoadResult> {
    if (pacing === undefined) throw new Error('nothing is being paced')
    pacing.stop = true
    return await pacing.done
  },

  /** All sessions of all DJs once, each body by one DJ. */
  async uploadAll(options: {
    readonly address: string
    readonly path: string
    readonly tokens: readonly string[]
    readonly sessions: number
    readonly sessionsPerBody: number
    readonly tracksPerSession: number
    readonly connections: number
  }): Promise<{ readonly seconds: number }> {
    const { path, tokens, sessions, sessionsPerBody, tracksPerSession } = options
    const bodies = Math.ceil(sessions / sessionsPerBody)
    const open = await openConnections(options.address, options.connections)
    const startedAt = performance.now()
    let next = 0
    await Promise.all(
      open.map(async (connection) => {
        for (let body = next++; body < bodies; body = next++) {
          const dj = body % tokens.length
          const from = Math.floor(body / tokens.length) * sessionsPerBody
          const count = Math.min(sessionsPerBody, sessions - body * sessionsPerBody)
          await connection.exchange(encodeUpload(path, tokens[dj] ?? '', dj, from, count, tracksPerSession))
        }
      }),
    )
    for (const connection of open) connection.close()
    return { seconds: (performance.now() - startedAt) / 1000 }
  },
}
export type LoadCommands = typeof commands

answerCommands(commands, () => undefined)

/** One session as itself, more as a list. */
function encodeUpload(path: string, token: string, dj: number, from: number, count: number, tracks: number): Buffer {
  const sessions = Array.from({ length: count }, (_, index) => makeSession(dj, from + index, tracks))
  const body = Buffer.from(JSON.stringify(count === 1 ? sessions[0] : { sessions }))
  return encodeRequest('POST', path, { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body)
}

function preparedAs(name: string): Prepared {
  const found = prepared.get(name)
  if (found === undefined) throw new Error(`nothing is prepared as ${name}`)
  return found
}

function openConnections(address: string, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => openConnection(address)))
}

function at(requests: readonly Buffer[], index: number): Buffer {
  const request = requests[index % requests.length]
  if (request === undefined) throw new Error('no request is prepared')
  return request
}

function toResult(latencies: readonly number[], elapsedMs: number): LoadResult {
  return {
    requests: latencies.length,
    seconds: elapsedMs / 1000,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  }
}
