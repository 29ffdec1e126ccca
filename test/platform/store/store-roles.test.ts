import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store, StoreJob } from '#platform/store/store.ts'
import { columns } from '#schemas/privacy/columns.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function openStore(limitsJobs: boolean): Store {
  const store = openEmbeddedStore({ folder: temporaryFolder(), limitsJobs })
  onTestFinished(() => store.close())
  return store
}

async function openTables(): Promise<Store> {
  const store = openStore(true)
  await migrate(store, () => 0)
  return store
}

/** Tables of which a job may read at least the rows' number. */
async function readableTables(store: Store, job: StoreJob): Promise<string[]> {
  const readable: string[] = []
  for (const table of Object.keys(columns)) {
    try {
      await store.connect(job).run(`SELECT count() FROM ${table}`)
      readable.push(table)
    } catch (cause) {
      expect(messageOf(cause), table).toContain('ACCESS_DENIED')
    }
  }
  return readable
}

async function expectRefused(store: Store, job: StoreJob, statement: string): Promise<void> {
  const refused = await store
    .connect(job)
    .run(statement)
    .then(() => 'done', messageOf)
  expect(refused, statement).toContain('ACCESS_DENIED')
}

/** What the engine said, through the errors around it. */
const messageOf = (cause: unknown): string =>
  cause instanceof Error ? `${cause.message} ${messageOf(cause.cause)}` : ''

describe('PRIVACY 15: a job reads', () => {
  it('of playlists, where it is the site, only what the views of public sessions show', async () => {
    const store = await openTables()
    expect(await readableTables(store, 'site')).toEqual([
      ...['charts.published', 'charts.entries', 'charts.merges', 'charts.analytics_shown'],
      ...['analytics.charts', 'analytics.track_weeks', 'analytics.tag_weeks', 'analytics.transition_weeks'],
    ])
    const site = store.connect('site')
    for (const view of ['sessions', 'choices', 'display_names']) {
      expect(await site.rows(`SELECT * FROM public_playlists.${view}(public_id = 'none')`)).toEqual([])
      // Without an id there is nothing to read at all.
      await expect(site.rows(`SELECT * FROM public_playlists.${view}`)).rejects.toThrow()
    }
    await expectRefused(store, 'site', 'SELECT decided_by FROM charts.merges')
  })

  it('where it is the builder of charts or of merges, the database of the charts alone', async () => {
    const store = await openTables()
    const inCharts = Object.keys(columns).filter((table) => table.startsWith('charts.'))
    for (const job of ['charts', 'merges', 'editors'] as const) {
      expect((await readableTables(store, job)).sort()).toEqual([...inCharts, 'operations.facts'].sort())
    }
  })

  it('where it takes uploads, which sessions there are and which accounts are closed, and nothing of what was played', async () => {
    const store = await openTables()
    expect(await readableTables(store, 'upload')).toEqual(['playlists.sessions', 'playlists.account_states'])
    for (const column of ['name', 'system_os', 'tracks.title']) {
      await expectRefused(store, 'upload', `SELECT ${column} FROM playlists.sessions`)
    }
  })

  it('where it keeps the audit trail, that alone', async () => {
    expect(await readableTables(await openTables(), 'audit')).toEqual(['audit.actions'])
  })
})

describe('what analysts read', () => {
  const views = ['charts', 'tag_weeks', 'track_weeks', 'transition_weeks']

  it('says what each table and column is', async () => {
    const store = await openTables()
    const everything = store.connect('migrate')
    const tables = await everything.rows<{ name: string; comment: string }>(
      "SELECT name, comment FROM system.tables WHERE database = 'analytics' ORDER BY name",
    )
    expect(tables.map(({ name }) => name)).toEqual(views)
    for (const { name, comment } of tables) {
      expect(comment, name).not.toBe('')
      const described = await everything.rows<{ name: string; comment: string }>(`DESCRIBE analytics.${name}`)
      for (const column of described) expect(column.comment, `${name}.${column.name}`).not.toBe('')
    }
  })

  it('is of the revision that is shown, and of no other', async () => {
    const store = await openTables()
    const everything = store.connect('migrate')
    const row = (revision: number) => ({
      week: '2026-W07',
      revision,
      region: 'world',
      tag: 'key',
      value: '8A',
      djs: revision,
      plays: 9,
    })
    const insert = (table: string, ...rows: object[]) =>
      everything.insert({ table, lines: Buffer.from(rows.map((one) => JSON.stringify(one)).join('\n')) })
    const shown = (revision: number) =>
      insert('charts.analytics_shown', {
        what: 'week',
        period: '2026-W07',
        revision,
        built_at: '2026-02-16T00:00:00Z',
        version: revision,
      })
    const read = () => everything.rows('SELECT djs FROM analytics.tag_weeks')
    await insert('charts.analytics_tag_weeks', row(1), row(2))
    expect(await read()).toEqual([])
    await shown(1)
    expect(await read()).toEqual([{ djs: 1 }])
    await shown(2)
    expect(await read()).toEqual([{ djs: 2 }])
  })
})

describe('PRIVACY 15: a job of the site', () => {
  it('writes nothing, and reads nothing beside the tables', async () => {
    const statements = [
      'INSERT INTO charts.published (period) VALUES (1)',
      'DELETE FROM charts.entries WHERE 1',
      'TRUNCATE TABLE charts.entries',
      'DROP TABLE playlists.sessions',
      'CREATE VIEW public_playlists.all AS SELECT * FROM playlists.sessions',
      "SELECT * FROM file('store-roles.xml', 'LineAsString')",
      "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
    ]
    const store = await openTables()
    for (const statement of statements) await expectRefused(store, 'site', statement)
  })
})

it('lets every job read everything where jobs are not limited, which is what the refusals are held against', async () => {
  const store = openStore(false)
  await migrate(store, () => 0)
  expect(await readableTables(store, 'site')).toEqual(Object.keys(columns))
})
