import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLease } from '#platform/store/lease.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { columns } from '#schemas/privacy/columns.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { type StoreAccount, services, storeAccounts } from '../services.ts'
import { messageOf, openServiceStore, type ServiceStore } from './open-service-store.ts'
import { sectionOf } from './users-files.ts'

const tables = Object.keys(columns)
const tablesOf = (...databases: string[]) => tables.filter((table) => databases.includes(table.split('.')[0] ?? ''))
/** What each service asks for at its start: whether the tables are of its version. */
const atStart = ['operations.migrations']

/** Tables of which an account may read at least the rows' number. */
/** What analysts read, and what pages tell of a track. */
const analyticsViews = ['charts', 'track_weeks', 'tag_weeks', 'transition_weeks'].map((view) => `analytics.${view}`)

const readable: Record<Exclude<StoreAccount, 'migrate'>, readonly string[]> = {
  upload: [...atStart, 'operations.facts', 'playlists.sessions', 'playlists.account_states'],
  ingest: [
    ...[...atStart, 'operations.facts', 'operations.log_positions', 'operations.contributor_keys'],
    ...tablesOf('playlists').filter((table) => table !== 'playlists.erasures'),
    ...['charts.contributors', 'charts.contributions', 'charts.renewed_contributors', 'leases.terms'],
  ],
  charts: [
    ...atStart,
    'leases.terms',
    'operations.facts',
    'operations.contributor_keys',
    ...[...tablesOf('charts'), 'audit.actions'],
  ],
  account: [
    ...[...atStart, 'operations.facts', 'operations.contributor_keys', ...tablesOf('playlists', 'audit')],
    'operations.ended_sign_ins',
    ...['charts.contributors', 'charts.contributions', 'charts.bases', 'charts.earlier_bases', 'charts.published'],
  ],
  privacy: tables.filter((table) => !/^(analytics[.]|operations[.]ended_sign_ins)/.test(table)),
  site: [
    ...atStart,
    'charts.published',
    'charts.entries',
    'charts.merges',
    'charts.analytics_shown',
    ...analyticsViews,
  ],
  // No list of migrations: what it may read, analysts may.
  analyst: tablesOf('analytics'),
}

/** Each account and the leases of its service's jobs; of two that take the same one, the second goes on behind the first. */
const leases = [
  ['migrate', 'setup'],
  ['ingest', 'setup'],
  ['charts', 'charts'],
  ['charts', 'chartsturn'],
  ['privacy', 'chartsturn'],
  ['privacy', 'privacy'],
  ['privacy', 'setup'],
] as const satisfies [StoreAccount, string][]

async function openTables(): Promise<ServiceStore> {
  const store = openServiceStore(temporaryFolder())
  onTestFinished(() => store.close())
  await migrate(store, () => 0)
  return store
}

const outcomeOf = (connection: StoreConnection, statement: string): Promise<string> =>
  connection.run(statement).then(() => 'done', messageOf)

async function expectRefused(connection: StoreConnection, ...statements: string[]): Promise<void> {
  for (const statement of statements) {
    expect(await outcomeOf(connection, statement), statement).toMatch(/ACCESS_DENIED|READONLY/)
  }
}

async function expectDone(connection: StoreConnection, ...statements: string[]): Promise<void> {
  for (const statement of statements)
    expect([statement, await outcomeOf(connection, statement)]).toEqual([statement, 'done'])
}

/** Tables on which an account has a right. */
async function tablesWithRight(connection: StoreConnection, right: string): Promise<string[]> {
  const having: string[] = []
  for (const table of tables) {
    // As it is, for the statement takes no format.
    const { stream } = await connection.client.exec({ query: `CHECK GRANT ${right} ON ${table}` })
    const answer = await text(stream)
    if (/\b1\b/.test(answer)) having.push(table)
    else expect(answer).toMatch(/\b0\b/)
  }
  return having
}

describe('an account of the store', () => {
  it.each(services)('%s reads the tables that its service asks, and no others', async (service) => {
    const connection = (await openTables()).as(service)
    const found: string[] = []
    for (const table of tables) {
      const outcome = await outcomeOf(connection, `SELECT count() FROM ${table}`)
      if (outcome === 'done') found.push(table)
      else expect(outcome, table).toContain('ACCESS_DENIED')
    }
    expect(found.sort()).toEqual([...readable[service]].sort())
  })

  it('writes only what is its to write', async () => {
    const store = await openTables()
    const written = async (account: StoreAccount) => (await tablesWithRight(store.as(account), 'INSERT')).sort()
    expect(await written('upload')).toEqual([])
    expect(await written('site')).toEqual([])
    expect(await written('account')).toEqual(['audit.actions', 'operations.ended_sign_ins'])
    expect(await written('analyst')).toEqual(['audit.queries'])
    const databasesOf = (list: readonly string[]) => new Set(list.map((table) => table.split('.')[0]))
    expect(databasesOf(await written('charts'))).toEqual(new Set(['operations', 'charts', 'audit', 'leases']))
    expect(await written('charts')).not.toContain('charts.contributions')
    expect(await written('ingest')).not.toContain('charts.published')
    expect(await written('ingest')).not.toContain('charts.entries')
    expect(await written('privacy')).not.toContain('audit.actions')
  })

  it('makes and drops no table but leases, unless it is the one that migrates', async () => {
    const store = await openTables()
    for (const service of services) {
      expect(await tablesWithRight(store.as(service), 'DROP TABLE')).toEqual([])
      expect(await tablesWithRight(store.as(service), 'CREATE TABLE')).toEqual([])
    }
    expect(await tablesWithRight(store.as('migrate'), 'CREATE TABLE')).toEqual(tables)
  })

  it('takes the leases of its own jobs, and no others', async () => {
    const store = await openTables()
    const lease = (account: StoreAccount, name: string) =>
      createLease({ store: store.as(account), name, holder: account })
    const { signal } = new AbortController()
    for (const [account, name] of leases) {
      const tenure = await lease(account, name).acquire(signal)
      await store.as(account).run(`SELECT 1 WHERE ${tenure.condition}`)
      await tenure.release()
    }
    expect(store.refusals).toEqual([])
    await expect(lease('charts', 'privacy').acquire(signal)).rejects.toThrow('497')
    await expect(lease('ingest', 'chartsturn').acquire(signal)).rejects.toThrow('497')
    await expectRefused(store.as('upload'), 'SELECT * FROM leases.charts_1', 'DROP TABLE leases.charts_1')
  })

  it('ends statements that a builder of charts has left, where it may take its turn', async () => {
    const store = await openTables()
    const statement = "KILL QUERY WHERE query_id != queryID() AND position(query, 'charts.build_') > 0 SYNC"
    await expectDone(store.as('charts'), statement)
    await expectDone(store.as('privacy'), statement)
  })
})

describe('the account', () => {
  it('of the site reads sessions only through the views of public ones', async () => {
    const site = (await openTables()).as('site')
    for (const view of ['sessions', 'choices', 'display_names']) {
      expect(await site.rows(`SELECT * FROM public_playlists.${view}(public_id = 'none')`)).toEqual([])
    }
    await expectRefused(
      site,
      'SELECT decided_by FROM charts.merges',
      'CREATE VIEW public_playlists.all AS SELECT * FROM playlists.sessions',
      "SELECT * FROM file('users.xml', 'LineAsString')",
      "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
      "SELECT * FROM remote('127.0.0.1', 'playlists.sessions')",
    )
  })

  it('of upload finds sessions, and reads nothing of what was played', async () => {
    const upload = (await openTables()).as('upload')
    await expectDone(upload, 'SELECT owner, session_key, session_id, version, is_deleted FROM playlists.sessions FINAL')
    await expectRefused(
      upload,
      ...['name', 'system_os', 'tracks.title'].map((name) => `SELECT ${name} FROM playlists.sessions`),
    )
  })

  it('has a user with its role and nothing beside it, which no role else is given to', () => {
    const users = sectionOf('users')
    for (const account of storeAccounts) {
      const grants = users.get(account)?.getElementsByTagName('query') ?? []
      expect([...grants].map((query) => query.textContent)).toEqual([`GRANT ${account}`])
    }
    expect([...sectionOf('roles').keys()].sort()).toEqual([...storeAccounts].sort())
  })
})

it('the grants name databases and tables that there are', () => {
  const databases = new Set([
    ...tables.map((table) => table.split('.')[0]),
    'public_playlists',
    'analytics_system',
    'leases',
  ])
  for (const role of sectionOf('roles').values()) {
    for (const query of role.getElementsByTagName('query')) {
      const on = / ON (\S+)$/.exec(query.textContent ?? '')?.[1] ?? ''
      const [database = '', table = ''] = on.split('.')
      if (on === '*.*' || database === 'system') continue
      expect(databases, on).toContain(database)
      const pattern = new RegExp(`^${database}[.]${table.replaceAll('*', '.*')}$`)
      if (!/^(leases|public_playlists|analytics_system)$/.test(database))
        expect(
          tables.some((name) => pattern.test(name)),
          on,
        ).toBe(true)
    }
  }
})
