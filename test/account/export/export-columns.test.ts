import { beforeAll, describe, expect, it } from 'vitest'
import { columns } from '#schemas/privacy/columns.ts'
import type { AccountExport } from '#schemas/records/account-export.ts'
import type { UploadResult } from '#schemas/records/session.ts'
import { openService, pseudonyms } from '../open-service.ts'
import { whole } from '../open-sessions.ts'
import { inExport, leftOut, passingTables } from './export-and-tables.ts'

const service = openService()
const owner = pseudonyms.owner('ana')
const contributor = pseudonyms.contributor(owner)

/** Tables with rows of accounts, under whichever name an account has there. */
const tables = Object.entries(columns)
  .filter(([, ofTable]) => Object.values(ofTable).some((label) => label === 'owner-key' || label === 'contributor'))
  .map(([table]) => table)

let document: AccountExport

beforeAll(async () => {
  const dj = service.api('ana')
  // An account that was erased and has begun anew has rows in every table there is.
  await dj.delete('/v1/me')
  await service.settled()
  const profile = {
    displayName: 'Ana',
    location: { country: 'NZ', subdivision: 'NZ-AUK', city: 'Auckland' },
    genrePreferences: ['house'],
    choices: { charts: true, statistics: false, usage: true },
    consentText: '2026-1',
  }
  expect((await dj.patch('/v1/me/profile', profile)).status).toBe(200)
  expect((await dj.patch('/v1/me/profile', { choices: { charts: false } })).status).toBe(200)
  expect((await dj.patch('/v1/me/profile', { choices: { charts: true } })).status).toBe(200)
  const tracks = whole.tracks.map((track) => ({ ...track, played: true }))
  const sent = [
    { ...whole, tracks: [...tracks, { ...tracks[0], id: '2', tags: { title: 'Low Tide', artist: 'Ana' } }] },
    { ...whole, id: '87', name: 'Saturday', visibility: 'public', contributeToCharts: false },
    { ...whole, id: '88' },
  ]
  const answer = await dj.post('/v1/sessions', { json: { sessions: sent } })
  const keys = answer.json<UploadResult>().accepted.map(({ key }) => key)
  await service.settled()
  await service.buildCharts()
  const choices = { name: 'By hand', visibility: 'public', contributeToCharts: true }
  expect((await dj.patch(`/v1/sessions/${keys[0]}`, choices)).status).toBe(202)
  expect((await dj.delete(`/v1/sessions/${keys[2]}`)).status).toBe(202)
  await service.settled()
  document = (await dj.get('/v1/me/export')).json<AccountExport>()
})

/** Times, numbers and truths alike, whether they come from the store or from JSON. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object') return Object.entries(value).map(plain)
  if (typeof value === 'boolean') return Number(value).toString()
  const text = String(value)
  return /^\d{4}-\d\d-\d\d \d/.test(text) ? new Date(`${text.replace(' ', 'T')}Z`).toISOString() : text
}

describe('PRIVACY 8: the export', () => {
  it('has a place, or a reason for having none, for every column of every table with rows of an account', () => {
    expect(tables.length).toBeGreaterThan(10)
    for (const table of tables.filter((name) => !passingTables.includes(name))) {
      const known = [...Object.keys(inExport[table]?.columns ?? {}), ...Object.keys(leftOut[table] ?? {})]
      expect(known.sort(), table).toEqual(Object.keys(columns[table] ?? {}).sort())
    }
  })

  it.each(Object.keys(inExport))('holds what %s holds of the account, column by column', async (table) => {
    const { items, columns: values, unless = 'false' } = inExport[table] ?? { items: () => [], columns: {} }
    const names = Object.keys(values)
    const whose = table.startsWith('charts.') ? 'contributor = {contributor:UInt64}' : 'owner = {owner:String}'
    const rows = await service.store().rows<Record<string, unknown>>(
      `SELECT ${names.map((name) => `${name} AS \`${name}\``).join(', ')} FROM ${table} FINAL
         WHERE ${whose} AND NOT (${unless})`,
      { owner, contributor },
    )
    expect(rows.length).toBeGreaterThan(0)
    const stored = rows.map((row) => names.map((name) => plain(row[name])))
    const exported = items(document).map((item) => names.map((name) => plain(values[name]?.(item, document))))
    const inOrder = (lines: unknown[]) => lines.map((line) => JSON.stringify(line)).sort()
    expect(inOrder(exported)).toEqual(inOrder(stored))
  })

  it('has a value in every member, so that the comparison compares something', () => {
    expect(document.sessions).toHaveLength(2)
    expect(document.sessionChoices).toHaveLength(2)
    expect(document.choices.length).toBeGreaterThanOrEqual(5)
    expect(document.account.map(({ state }) => state).sort()).toEqual(['closed', 'tombstone'])
    expect(document.erasures).toMatchObject([{ state: 'accepted' }])
    expect(document.charts.contributions[0]?.plays.length).toBeGreaterThan(0)
    expect(document.charts.takenPartIn).toContain('NZ/house/2026-W07')
  })

  it('has no identifier that the chart builder sees, but for tracks, and no key of the account', async () => {
    const text = JSON.stringify(document)
    const sessions = document.sessions.map(({ key }) => pseudonyms.contributionSession(key))
    const { rows } = service.store()
    const given = await rows<{ given: string }>('SELECT DISTINCT toString(given) AS given FROM charts.bases')
    expect(given.length).toBeGreaterThan(0)
    for (const secret of [owner, contributor, ...sessions, ...given.map((row) => row.given)]) {
      expect(text).not.toContain(secret)
      if (/^\d+$/.test(secret)) expect(text).not.toContain(BigInt(secret).toString(16).padStart(16, '0'))
    }
    expect(text).not.toContain('"ana"')
  })

  it('has its sessions as the list of sessions answers them one by one', async () => {
    const dj = service.api('ana')
    for (const session of document.sessions) {
      expect((await dj.get(`/v1/me/sessions/${session.key}`)).json()).toEqual(session)
    }
  })
})
