import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { ProfilePatch } from '#schemas/records/profile.ts'
import type { Session } from '#schemas/records/session.ts'
import { openPipeline, pseudonyms } from '../model/open-pipeline.ts'

const MINIMUM = 3
const rules = {
  minimumDjs: MINIMUM,
  minimumChangedDjs: 1,
  takeBackHoursMax: 24,
  playsPerDj: 10,
  analyticsMinimumDjs: MINIMUM,
}
const pipeline = openPipeline()
beforeEach(() => pipeline.clear())

const change = (name: string, patch: ProfilePatch): AccountEvent => ({
  v: 1,
  type: 'profile-change',
  owner: pseudonyms.owner(name),
  at: pipeline.clock.nowMs,
  patch,
})

function upload(name: string, changes: Partial<Session> = {}, title = 'Lantern'): AccountEvent {
  const owner = pseudonyms.owner(name)
  const startedAt = '2026-05-13T20:00:00.000Z'
  const session: Session = {
    id: '1',
    startedAt,
    software: { name: 'Serato DJ Pro', version: '3.2.1' },
    system: { os: 'zqos', processor: 'zqprocessor', computerType: 'zqcomputer' },
    tracks: [{ id: '1', startedAt, tags: { artist: 'Ana', title } }],
    ...changes,
  }
  return {
    v: 1,
    type: 'session-put',
    owner,
    at: pipeline.clock.nowMs,
    key: pseudonyms.sessionKey(owner, undefined, session.id),
    session,
  }
}

async function take(...events: readonly AccountEvent[]): Promise<void> {
  for (const event of events) await pipeline.append(event)
  await pipeline.ingest([1000])
}

const read = <Row>(sql: string) => pipeline.store().connect('migrate').rows<Row>(sql)

/** Every row of a database, replaced ones too, as text. */
async function textOf(database: string): Promise<string> {
  const tables = await read<{ name: string }>(`SELECT name FROM system.tables WHERE database = '${database}'`)
  const rows: unknown[] = []
  for (const { name } of tables) rows.push(...(await read(`SELECT * FROM ${database}.${name}`)))
  return JSON.stringify(rows)
}

describe('PRIVACY 2: charts are made of', () => {
  it('those who chose to contribute, and of what they left in', async () => {
    const consent: ProfilePatch = { choices: { charts: true } }
    await take(upload('silent'), change('refused', { choices: { charts: false } }), upload('refused'))
    expect(await read('SELECT 1 FROM charts.contributions FINAL')).toEqual([])
    await take(change('ana', consent), upload('ana'), upload('ana', { id: '2', contributeToCharts: false }, 'Left out'))
    const left = await read<{ titles: string[] }>('SELECT plays.title AS titles FROM charts.contributions FINAL')
    expect(left).toEqual([{ titles: ['Lantern'] }])
    // The account that did not choose has all of its plays once it does.
    await take(change('silent', consent))
    expect(await read('SELECT 1 FROM charts.contributions FINAL')).toHaveLength(2)
  })
})

describe('PRIVACY 3: of a profile the chart builder gets', () => {
  it('country, subdivision and genre preferences, and neither the city nor the name', async () => {
    const profile: ProfilePatch = {
      displayName: 'zqname',
      location: { country: 'NZ', subdivision: 'NZ-AUK', city: 'zqcity' },
      genrePreferences: ['deep-house'],
      choices: { charts: true },
      consentText: 'zqconsent',
    }
    for (const name of ['ana', 'ben', 'cem']) await take(change(name, profile), upload(name))
    await pipeline.build(rules)
    expect([...(await pipeline.shownCharts()).keys()]).toContain('NZ-AUK/all/2026-W20')

    expect(await textOf('playlists')).toContain('zqcity')
    expect(await textOf('charts')).not.toMatch(/zqcity|zqname|zqconsent/i)
    const [contributor] = await read<Record<string, unknown>>('SELECT * FROM charts.contributors FINAL')
    expect(contributor).toMatchObject({ country: 'NZ', subdivision: 'NZ-AUK', consents: 1 })
    expect(Object.keys(contributor ?? {}).sort()).toEqual(
      [
        ...['contributor', 'consents', 'statistics', 'usage', 'country', 'subdivision', 'scenes'],
        ...['version', 'key_version'],
      ].sort(),
    )
    expect(JSON.stringify(contributor?.['scenes'])).toContain('deep-house')
  })
})

describe('PRIVACY 5: what is told of many', () => {
  it('stands for no fewer accounts than the minimum, in each chart and entry, and in the tables of analysts', async () => {
    const djs = ['ana', 'ben', 'cem', 'dan', 'eva']
    for (const [index, name] of djs.entries()) {
      const location = { country: index < 2 ? 'NZ' : 'AU' }
      await take(change(name, { location, choices: { charts: true } }), upload(name))
      await take(upload(name, { id: '2' }, index < MINIMUM ? 'Known to three' : `Known to ${name}`))
    }
    await pipeline.build(rules)
    const shown = await pipeline.shownCharts()
    expect([...shown.keys()]).toContain('world/all/2026-W20')
    expect([...shown.keys()].filter((chart) => chart.startsWith('NZ/'))).toEqual([])
    for (const [chart, { djs: accounts, entries }] of shown) {
      expect(accounts, chart).toBeGreaterThanOrEqual(MINIMUM)
      for (const entry of entries) expect(entry.djs, `${chart} ${entry.title}`).toBeGreaterThanOrEqual(MINIMUM)
    }
    const titles = shown.get('world/all/2026-W20')?.entries.map(({ title }) => title)
    expect(titles).toEqual(['Lantern', 'Known to three'])

    // What analysts read is in the database `analytics`, if there is one: each table tells how many stand behind a row.
    const tables = await read<{ name: string }>("SELECT name FROM system.tables WHERE database = 'analytics'")
    for (const { name } of tables) {
      expect(await read(`SELECT 1 FROM analytics.${name} WHERE djs < ${MINIMUM}`), name).toEqual([])
    }
  })
})

describe('PRIVACY 7: who objects', () => {
  const sessions = () =>
    read<Record<string, unknown>>(
      `SELECT session_id AS id, system_os AS os, system_processor AS processor, system_computer_type AS computer,
         software_name AS software, software_version AS version
       FROM playlists.sessions FINAL ORDER BY id`,
    )
  const software = { software: 'Serato DJ Pro', version: '3.2.1' }
  const kept = { ...software, os: 'zqos', processor: 'zqprocessor', computer: 'zqcomputer' }
  const dropped = { ...software, os: null, processor: null, computer: null }

  it('to usage information has no system kept, of sessions before and after, and the software stays', async () => {
    await take(upload('ana'))
    expect(await sessions()).toEqual([{ id: '1', ...kept }])
    await take(change('ana', { choices: { usage: false } }), upload('ana', { id: '2' }))
    expect(await sessions()).toEqual([
      { id: '1', ...dropped },
      { id: '2', ...dropped },
    ])
    // Taken back, it is kept of what comes from then on; what is gone does not come back.
    await take(change('ana', { choices: { usage: true } }), upload('ana', { id: '3' }))
    expect((await sessions()).map(({ os }) => os)).toEqual([null, null, 'zqos'])
  })

  it('to statistics or usage is known where statistics are made, and still contributes to charts', async () => {
    await take(change('ana', { choices: { charts: true, statistics: false } }), upload('ana'))
    await take(change('ben', { choices: { charts: true, usage: false } }), upload('ben'))
    const rowOf = async (name: string) =>
      await read(
        `SELECT consents, statistics, usage FROM charts.contributors FINAL WHERE contributor = ${pseudonyms.contributor(pseudonyms.owner(name))}`,
      )
    expect(await rowOf('ana')).toEqual([{ consents: 1, statistics: 0, usage: 1 }])
    expect(await rowOf('ben')).toEqual([{ consents: 1, statistics: 1, usage: 0 }])
    expect(await read('SELECT 1 FROM charts.contributions FINAL')).toHaveLength(2)
  })
})
