/**
 * Ingest processes come and go while DJs use the service: the store holds what the answers say, row for row, and no row is
 * ever older than it was.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { Session, UploadResult } from '#schemas/records/session.ts'
import { createAccountLoad } from '../model/account-load.ts'
import { readHistory } from '../model/chart-model.ts'
import { expectSameRows } from '../model/same-as-model.ts'
import { type Distributed, openDistributed } from '../support/distributed.ts'
import { newestBlocks } from '../support/newest-blocks.ts'
import { without } from '../support/optional-parts.ts'
import type { RunningService } from '../support/start-services.ts'
import { waitFor } from '../support/wait-for.ts'
import { withAdmin } from './kafka-log.ts'

const ACCOUNTS = 12
const SESSIONS = 2_400
const ROUNDS = 6
const seed = Number(process.env['KILL_SEED'] ?? 20_261_126)
/** Above the 10 s after which the brokers give a member up that says nothing, on a busy machine. */
const STORED_MS_MAX = 90_000

describe.skipIf(without('kafka'))('ingest in several processes', () => {
  let system: Distributed
  let first: RunningService
  /** What was answered, by account. */
  let answered: AccountEvent[][] = Array.from({ length: ACCOUNTS }, () => [])

  beforeAll(async () => {
    system = await openDistributed({ partitions: 6, settings: { UPLOADS_PER_MINUTE: '1000000' } })
    ;[first] = await system.services.startReady('ingest', 'upload', 'account')
  })

  async function expectAllStored(): Promise<void> {
    const isStored = async () => (await system.log.lag('ingest').catch(() => 1)) === 0
    await waitFor('all events to be stored', isStored, STORED_MS_MAX)
    const store = system.store.connect('site')
    const pseudonyms = createPseudonyms(system.services.masterKey, await readContributorKey(store))
    await expectSameRows(store, readHistory(answered.flat()), pseudonyms)
  }

  it('stores everything once while they are added, ended and killed, and never goes back behind a row', async () => {
    let rounds = 0
    const load = createAccountLoad({
      seed,
      accounts: ACCOUNTS,
      sessions: SESSIONS,
      sessionsPerRequest: 25,
      pseudonyms: system.services.pseudonyms,
      api: (account) => system.services.api(account),
      async pace(done) {
        await waitFor('the next round', () => done <= (rounds + 1) / ROUNDS, 120_000)
      },
    })
    const loaded = load.run()
    const sampler = sampleVersions()
    const running = [first]
    for (; rounds < ROUNDS; rounds += 1) {
      running.push(await system.services.start('ingest'))
      const leaving = running.length > 2 ? running.shift() : undefined
      await (rounds % 2 === 0 ? leaving?.stop() : leaving?.kill())
    }
    await loaded
    answered = load.events.map((events) => [...events])
    await expectAllStored()
    const { samples, wentBack } = await sampler.stop()
    expect(wentBack).toEqual([])
    expect(samples).toBeGreaterThan(ROUNDS)
    await Promise.all(running.splice(1).map((one) => one.stop()))
    first = running[0] as RunningService
  })

  it('writes nothing more in a process that stood still until its partitions were another’s', async () => {
    const stalled = first
    const other = await system.services.start('ingest')
    await waitFor('both to share the partitions', async () => (await members()) === 2, STORED_MS_MAX)
    const batches = () => Promise.all([stalled, other].map((one) => one.metric('tonearm_ingest_batch_events_count')))
    const before = await batches()
    await uploadAll('first')
    const bothStore = async () => (await batches()).every((count, place) => count > (before[place] ?? 0))
    await waitFor('both to store', bothStore, STORED_MS_MAX)
    await expectAllStored()
    // What comes from now on stays in hand, in both processes.
    system.clickhouse.signal('SIGSTOP')
    const uploadedMs = Date.now()
    for (const id of ['second', 'third']) await uploadAll(id)
    const hasInHand = async () => {
      const ageMs = 1000 * (await stalled.metric('tonearm_ingest_lag_seconds'))
      return ageMs > 0 && ageMs <= Date.now() - uploadedMs
    }
    await waitFor('a batch of these in hand', hasInHand, STORED_MS_MAX)
    stalled.signal('SIGSTOP')
    system.clickhouse.signal('SIGCONT')
    await expectAllStored()

    const inserted = await inserts()
    stalled.signal('SIGCONT')
    const givenUp = () => stalled.stderr().includes('another process has the batch now')
    await waitFor('the batch in hand to be given up', givenUp, STORED_MS_MAX)
    await waitFor('both to share the partitions', async () => (await members()) === 2, STORED_MS_MAX)
    expect(await inserts()).toEqual(inserted)
    await other.stop()
    await expectAllStored()
  })

  async function uploadAll(id: string): Promise<void> {
    for (const account of answered.keys()) await upload(account, id)
  }

  async function upload(account: number, id: string): Promise<void> {
    const session: Session = {
      id,
      startedAt: '2026-03-02T20:00:00.000Z',
      tracks: [{ id: '1', startedAt: '2026-03-02T20:00:00.000Z', tags: { artist: `Quay ${id}`, title: 'Lantern' } }],
    }
    const answer = await (await system.services.api(`dj-${account}`)).post('/v1/sessions', { json: session })
    expect(answer.status).toBe(202)
    const key = answer.json<UploadResult>().accepted[0]?.key ?? ''
    const owner = system.services.pseudonyms.owner(`dj-${account}`)
    answered[account]?.push({ v: 1, owner, at: Date.now(), type: 'session-put', key, session })
  }

  /** How many processes share the partitions, once that is settled. */
  const members = () =>
    withAdmin(system.broker.brokers, async (admin) => {
      const { groups } = await admin.describeGroups(['tonearm-ingest'])
      const [group] = groups
      return group?.state === 'Stable' ? group.members.length : undefined
    })

  const inserts = () => newestBlocks(system.store.connect('site'), /^(playlists|charts|operations)\./)

  /** Reads again and again which version each row has. */
  function sampleVersions(): { stop: () => Promise<{ samples: number; wentBack: readonly string[] }> } {
    const store = system.store.connect('site')
    const newest = new Map<string, bigint>()
    const wentBack: string[] = []
    let samples = 0
    let isStopped = false
    async function sample(): Promise<void> {
      while (!isStopped) {
        const rows = await store.rows<{ row: string; version: string }>(
          `SELECT concat('session ', session_key) AS row, version FROM playlists.sessions FINAL
           UNION ALL
           SELECT concat_ws(' ', 'contribution', week, contributor, session), version FROM charts.contributions FINAL`,
        )
        for (const { row, version } of rows) {
          if (BigInt(version) < (newest.get(row) ?? 0n)) wentBack.push(row)
          newest.set(row, BigInt(version))
        }
        samples += 1
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    const sampling = sample()
    return {
      async stop() {
        isStopped = true
        await sampling
        return { samples, wentBack }
      },
    }
  }
})
