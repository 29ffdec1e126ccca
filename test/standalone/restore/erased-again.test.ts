import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { readAllTables } from '../../support/data-folder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { backUp, restore } from '../backup/open-data-folder.ts'

const MADE_AT_MS = Date.parse('2026-02-14T01:10:00.000Z')
const HOUR_MS = 3_600_000
const EVENING = '2026-02-13T20:00:00Z'
const at = (hours: number) => MADE_AT_MS + hours * HOUR_MS

const put = (owner: string, hours: number, name: string): AccountEvent => ({
  v: 1,
  type: 'session-put',
  owner,
  at: at(hours),
  key: `${owner}-${name}`,
  session: {
    id: name,
    name,
    startedAt: EVENING,
    tracks: [{ id: '1', startedAt: EVENING, tags: { artist: 'Harbour Lights', title: 'Low Tide' } }],
  },
})
const erased = (owner: string, hours: number): AccountEvent => ({
  v: 1,
  type: 'account-erased',
  owner,
  at: at(hours),
  receiptHash: `${owner} ${hours}`,
})
const beginsAnew = (owner: string, hours: number): AccountEvent => ({
  v: 1,
  type: 'profile-change',
  owner,
  at: at(hours),
  patch: { displayName: 'Anew' },
})
const ledgerEntry = (owner: string, hours: number) => ({ owner, receiptHash: `${owner} ${hours}`, atMs: at(hours) })

it('erases again who was erased after the backup, and leaves who began anew before it what came since', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const log = openEmbeddedEventLog({ folder: join(dataDir, 'log'), clock: () => MADE_AT_MS })
  const events = [
    put('anew', -5, 'before'),
    erased('anew', -4),
    beginsAnew('anew', -3),
    put('anew', -2, 'since'),
    put('gone', -2, 'gone'),
    put('stays', -2, 'stays'),
  ]
  await log.append(events.map((event) => ({ owner: event.owner, payload: Buffer.from(JSON.stringify(event)) })))
  await log.close()
  const ledger = openErasureLedger(join(dataDir, 'ledger', 'erasures.ndjson'))
  await ledger.append([ledgerEntry('anew', -4)])
  const { path } = await backUp(dataDir, join(folder, 'backups'), { nowMs: MADE_AT_MS })
  // Afterwards one account is erased twice, for it had begun anew in between.
  await ledger.append([ledgerEntry('gone', 1), { ...ledgerEntry('gone', 3), block: 'under-age' }])

  const newFolder = join(folder, 'new')
  expect((await restore(newFolder, path, { nowMs: at(4) })).erasuresApplied).toBe(2)
  const tables = await readAllTables(newFolder)
  const sessions = (tables.get('playlists.sessions') ?? '').split('\n').map((row) => JSON.parse(row))
  expect(sessions.map(({ owner, name }) => [owner, name]).sort()).toEqual([
    ['anew', 'since'],
    ['stays', 'stays'],
  ])
  const profiles = (tables.get('playlists.profile_members') ?? '').split('\n').map((row) => JSON.parse(row))
  expect(profiles.map(({ owner, value }) => [owner, value])).toEqual([['anew', '"Anew"']])
  const states = (tables.get('playlists.account_states') ?? '').split('\n').map((row) => JSON.parse(row))
  expect(states.filter(({ state }) => state === 'blocked')).toMatchObject([{ owner: 'gone', value: 'under-age' }])
  const receipts = (tables.get('playlists.erasures') ?? '').split('\n').map((row) => JSON.parse(row))
  const hashes = new Set(receipts.map(({ receipt_hash: hash }) => hash))
  expect([...hashes].sort()).toEqual(['anew -4', 'gone 1', 'gone 3'])
})
