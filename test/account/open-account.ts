import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { createServer } from '#platform/http/server.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { membersOfPatch } from '#rules/profile.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { createAccountRoutes } from '../../services/account/account-routes.ts'

const tables = ['playlists.sessions', 'playlists.session_choices', 'playlists.profile_members']

export const pseudonyms = createPseudonyms(Buffer.alloc(32, 7))

/** A token is the account's name here; these have other scopes, or none. */
const scopes: Readonly<Record<string, string>> = { analyst: 'analyst', stranger: '' }

export interface OpenAccount {
  readonly server: () => FastifyInstance
  readonly clock: { nowMs: number }
  readonly log: () => EventLog
  /** What was appended in this test, decoded. */
  readonly events: AccountEvent[]
  /** Whether changes that are appended get into the store. */
  readonly ingest: { isRunning: boolean }
  insert(table: string, rows: readonly object[]): Promise<void>
}

/**
 * A server with the account's routes over a real log and a real store, whose tables are empty at the start of each test.
 * In place of ingest stands the least of it: one row a member that a change sets.
 */
export function openAccount(options: { readonly waitMsMax?: number } = {}): OpenAccount {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const clock = { nowMs: 0 }
  const ingest = { isRunning: true }
  const events: AccountEvent[] = []
  const ending = new AbortController()
  let store: Store
  let log: EventLog
  let consuming: Promise<void>
  let server: FastifyInstance

  const insert = (table: string, rows: readonly object[]) => {
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    return store.connect('ingest').insert({ table, lines: Buffer.from(lines) })
  }

  async function take(payload: Uint8Array, offset: number): Promise<void> {
    // What lies in this log was appended by the routes under test.
    const event = JSON.parse(Buffer.from(payload).toString()) as AccountEvent
    events.push(event)
    if (!ingest.isRunning || event.type !== 'profile-change') return
    const members = [...membersOfPatch(event.patch)]
    await insert(
      'playlists.profile_members',
      members.map(([member, value]) => ({
        owner: event.owner,
        member,
        value: value === null ? null : JSON.stringify(value),
        version: String(1000 + offset),
      })),
    )
  }

  beforeAll(async () => {
    store = openEmbeddedStore({ folder: join(folder, 'store') })
    await migrate(store, () => clock.nowMs)
    log = openEmbeddedEventLog({ folder: join(folder, 'log'), clock: () => clock.nowMs })
    consuming = log.consume(
      'ingest',
      async ({ records }) => {
        for (const { payload, offset } of records) await take(payload, offset)
      },
      ending.signal,
    )
  })
  beforeEach(async () => {
    clock.nowMs = Date.parse('2026-02-18T12:00:00Z')
    ingest.isRunning = true
    events.length = 0
    for (const table of tables) await store.connect('migrate').run(`TRUNCATE TABLE ${table}`)
    server = createServer({ logger: pino({ level: 'silent' }) })
    await server.register(
      createAccountRoutes({
        log,
        store: store.connect('account'),
        pseudonyms,
        ledger: { append: async () => undefined },
        verifyToken: async (token) =>
          token === 'expired' ? undefined : { accountId: token, scopes: new Set([scopes[token] ?? 'dj']) },
        clock: () => clock.nowMs,
        ...options,
      }),
    )
    await server.ready()
    return () => server.close()
  })
  afterAll(async () => {
    ending.abort()
    await consuming
    await log.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  return { server: () => server, clock, log: () => log, events, ingest, insert }
}
