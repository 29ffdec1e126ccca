import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll } from 'vitest'
import { createAuditTrail } from '#platform/audit/audit-trail.ts'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { createServer } from '#platform/http/server.ts'
import { readLocalKey } from '#platform/keys/local-tokens.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { issueSignInCode } from '#platform/keys/sign-in-links.ts'
import { watchClosedAccounts } from '#platform/store/closed-accounts.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import { createAccountRoutes } from '../../services/account/account-routes.ts'
import { createAdminRoutes } from '../../services/account/admin/admin-routes.ts'
import { createErasureRoutes } from '../../services/account/erasure-routes.ts'
import { createOwnPages } from '../../services/account/pages/own-pages.ts'
import { createPageAccess } from '../../services/account/pages/sign-in/page-access.ts'
import { createChartBuilder } from '../../services/charts/build-charts.ts'
import { createIngestMetrics } from '../../services/ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../services/ingest/ingest-worker.ts'
import { createUploadRoutes } from '../../services/upload/routes.ts'
import { type ApiClient, createApiClient } from '../support/api-client.ts'
import { firstLog } from '../support/first-log.ts'
import { waitFor } from '../support/wait-for.ts'
import { createPageVisitor, type PageVisitor } from './pages/page-visitor.ts'

export const pseudonyms = createPseudonyms(Buffer.alloc(32, 7))

const rules = { minimumDjs: 1, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 10, analyticsMinimumDjs: 1 }

export interface OpenService {
  readonly clock: { nowMs: number }
  readonly log: () => EventLog
  readonly store: () => StoreConnection
  /** What the exports read through, which a test may break. */
  exports: (store: StoreConnection) => StoreConnection
  readonly address: () => string
  /** A client of an account, by the scope of its token. */
  api(account: string, scope?: 'dj' | 'analyst' | 'admin'): ApiClient
  /** Makes a one-time link of an account: path and query. */
  link(account: string): Promise<string>
  /** A visitor of the pages, who has signed in where an account is named. */
  visitor(account?: string): Promise<PageVisitor>
  /** Waits until all that was sent is in the store. */
  settled(): Promise<void>
  buildCharts(): Promise<void>
  /** Everything that was logged. */
  readonly logged: () => string
}

/** Log, ingest, store, and the routes of upload, accounts and admins over them, on an address of its own. */
export function openService(): OpenService {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const clock = { nowMs: Date.parse('2026-02-18T12:00:00Z') }
  const lines: string[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const ending = new AbortController()
  let store: Store
  let log: EventLog
  let ingest: Promise<void>
  let server: FastifyInstance
  let address: string
  const keyOfLinks = readLocalKey(folder)
  const pageAccess = () =>
    createPageAccess(
      { HOST: '127.0.0.1', DATA_DIR: folder },
      { pageKey: Buffer.alloc(32, 8), verifyToken: async () => undefined, clock: () => clock.nowMs },
    )

  beforeAll(async () => {
    store = openEmbeddedStore({ folder: join(folder, 'store') })
    const now = () => clock.nowMs
    await migrate(store, now)
    log = openEmbeddedEventLog({ folder: join(folder, 'log'), clock: now })
    const metrics = createIngestMetrics(new Registry())
    const common = { log, pseudonyms, clock: now }
    ingest = runIngestWorker(
      { ...common, store: store.connect('ingest'), knownLog: firstLog, metrics, logger, batchIntervalMs: 0 },
      ending.signal,
    )
    server = createServer({ logger })
    const verifyToken = async (token: string) => {
      const [scope = '', accountId = ''] = token.split('.', 2)
      return { accountId: decodeURIComponent(accountId), scopes: new Set([scope]) }
    }
    const exportsStore: StoreConnection = {
      get client() {
        return store.connect('exports').client
      },
      insert: (rows) => service.exports(store.connect('exports')).insert(rows),
      rows: (sql, params) => service.exports(store.connect('exports')).rows(sql, params),
      lines: (sql, params) => service.exports(store.connect('exports')).lines(sql, params),
      run: (sql, params) => service.exports(store.connect('exports')).run(sql, params),
    }
    const ledger = { append: async () => undefined }
    const routes = { ...common, store: store.connect('account'), exportsStore, verifyToken, ledger }
    const audit = createAuditTrail({ store: store.connect('audit'), clock: now, newId: randomUUID })
    const upload = store.connect('upload')
    const closedAccounts = watchClosedAccounts({ store: upload, logger, intervalMs: 50 })
    server.addHook('onClose', async () => closedAccounts.stop())
    await server.register(createUploadRoutes({ ...routes, store: upload, closedAccounts, uploadsPerMinute: 100_000 }))
    await server.register(createAccountRoutes(routes))
    await server.register(createAdminRoutes({ ...routes, audit }))
    await server.register(createErasureRoutes(routes))
    await server.register(createOwnPages({ ...routes, access: await pageAccess(), waitMsMax: 5000 }))
    address = await server.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await server.close()
    ending.abort()
    await ingest
    await log.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const service: OpenService = {
    clock,
    log: () => log,
    store: () => store.connect('site'),
    exports: (connection) => connection,
    address: () => address,
    api: (account, scope = 'dj') => createApiClient(address, `${scope}.${encodeURIComponent(account)}`),
    async link(account) {
      const issuing = { dataDir: folder, key: await keyOfLinks, clock: () => clock.nowMs }
      return `/me/sign-in?code=${await issueSignInCode(account, issuing)}`
    },
    async visitor(account) {
      const visitor = createPageVisitor(address)
      if (account === undefined) return visitor
      const link = await service.link(account)
      await visitor.get(link)
      await visitor.post('/me/sign-in', { code: new URL(link, address).searchParams.get('code') ?? '' })
      return visitor
    },
    async settled() {
      await waitFor('ingest', async () => (await log.lag('ingest')) === 0)
    },
    async buildCharts() {
      await createChartBuilder({ store: store.connect('charts'), rules, clock: () => clock.nowMs }).build()
    },
    logged: () => lines.join(''),
  }
  return service
}
