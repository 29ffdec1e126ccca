import { beforeEach, describe, expect, it } from 'vitest'
import { limits, openRetention, START_MS } from './open-retention.ts'

const retention = openRetention()
const { later, retain, rows } = retention
const DAY_MS = 86_400_000

async function insert(table: string, ...given: object[]): Promise<void> {
  const lines = given.map((row) => JSON.stringify(row)).join('\n')
  await retention.pipeline
    .store()
    .connect('migrate')
    .insert({ table, lines: Buffer.from(lines) })
}
const daysAgo = (days: number) => new Date(START_MS - days * DAY_MS).toISOString()
const column = async (table: string, name: string) =>
  (await rows<{ value: string }>(`SELECT toString(${name}) AS value FROM ${table} ORDER BY value`)).map(
    ({ value }) => value,
  )

describe('PRIVACY 11: what is kept for a time', () => {
  it('is the audit trail: a year', async () => {
    const action = (days: number) => ({
      at: daysAgo(days),
      id: `00000000-0000-4000-8000-${String(days).padStart(12, '0')}`,
      actor: `actor ${days}`,
      action: 'GET /v1/dead-letters',
      outcome: 200,
    })
    await insert('audit.actions', action(364), action(366), action(1000))
    await retain()
    expect(await column('audit.actions', 'actor')).toEqual(['actor 364'])
    later(2)
    await retain()
    expect(await column('audit.actions', 'actor')).toEqual([])
  })

  it('is the receipt of an erasure: a year after it is complete, and until then however long that takes', async () => {
    const receipt = (hash: string, step: number, completed: number | null, accepted = 800) => ({
      receipt_hash: hash,
      step,
      owner: step < 3 ? hash : '',
      version: 1,
      accepted_at: daysAgo(accepted),
      completed_at: completed === null ? null : daysAgo(completed),
    })
    await insert('playlists.erasures', receipt('old', 1, null), receipt('new', 2, null), receipt('open', 1, null))
    await insert('playlists.erasures', receipt('old', 3, 366), receipt('new', 3, 364))
    await retain()
    expect(await rows('SELECT receipt_hash, step, owner FROM playlists.erasures ORDER BY receipt_hash')).toEqual([
      // Who it was stood in the steps before, and is off the disk.
      { receipt_hash: 'new', step: 3, owner: '' },
      { receipt_hash: 'open', step: 1, owner: 'open' },
    ])
  })

  it('is that an account was erased: as long as the log or a backup may hold what is older', async () => {
    const state = (owner: string, name: string, value: string | null, days: number, version = 1) => ({
      owner,
      state: name,
      value,
      version,
      at: daysAgo(days),
    })
    await insert(
      'playlists.account_states',
      state('recent', 'tombstone', '1', limits.backupDays),
      state('old', 'tombstone', '1', limits.backupDays + 2),
      state('again', 'tombstone', '1', limits.backupDays + 2),
      state('old', 'closed', 'account-erased', limits.backupDays + 2),
      state('begun anew', 'closed', 'account-erased', 500),
      state('blocked', 'blocked', 'account-blocked', 5000),
    )
    await insert(
      'playlists.account_states',
      state('begun anew', 'closed', null, 499, 2),
      state('again', 'tombstone', '1', 1, 2),
    )
    await insert('charts.tombstones', { contributor: 1, key_version: 1, version: 1, at: daysAgo(30) })
    await insert('charts.tombstones', { contributor: 2, key_version: 1, version: 1, at: daysAgo(32) })
    await insert('charts.tombstones', { contributor: 3, key_version: 1, version: 1, at: daysAgo(32) })
    await insert('charts.tombstones', { contributor: 3, key_version: 1, version: 2, at: daysAgo(1) })
    await retain()
    expect(await rows('SELECT owner, state FROM playlists.account_states ORDER BY ALL')).toEqual([
      { owner: 'again', state: 'tombstone' },
      { owner: 'blocked', state: 'blocked' },
      { owner: 'old', state: 'closed' },
      { owner: 'recent', state: 'tombstone' },
    ])
    expect(await column('charts.tombstones', 'contributor')).toEqual(['1', '3'])
  })
})

describe('PRIVACY 11: a decision that two tracks are one', () => {
  const decision = (track: number, by: string, days: number) => ({
    track,
    into: 9,
    state: 'applied',
    score: 1,
    reason: by === 'matcher' ? 'same' : 'editor',
    decided_by: by,
    decided_at: daysAgo(days),
    version: 1,
  })
  beforeEach(async () => {
    for (const table of ['charts.merges', 'charts.merge_history'])
      await insert(table, decision(1, 'editor A', 366), decision(2, 'editor A', 364), decision(3, 'matcher', 366))
  })

  it('stays, but names its editor for a year only', async () => {
    await retain()
    for (const table of ['charts.merges', 'charts.merge_history'])
      expect(await rows(`SELECT track, state, decided_by FROM ${table} ORDER BY track`), table).toEqual([
        { track: '1', state: 'applied', decided_by: '' },
        { track: '2', state: 'applied', decided_by: 'editor A' },
        { track: '3', state: 'applied', decided_by: 'matcher' },
      ])
    const parts = "SELECT name FROM system.parts WHERE table LIKE 'merge%' AND NOT active AND rows > 0"
    expect(await rows(parts)).toEqual([])
  })
})
