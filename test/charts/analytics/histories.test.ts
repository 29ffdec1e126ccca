import fc from 'fast-check'
import { expect, it } from 'vitest'
import { identifyTrack } from '#rules/track-identity.ts'
import type { AccountEvent, ProfileChange } from '#schemas/events/account-event.ts'
import type { TrackPlay } from '#schemas/records/track-play.ts'
import { decideAll } from '../../../services/charts/merges/merge-rows.ts'
import { analystsTables } from '../../model/analytics-model.ts'
import { readHistory } from '../../model/chart-model.ts'
import { openPipeline, type Pipeline, pseudonyms } from '../../model/open-pipeline.ts'
import { expectOfModel, readShownTables } from './shown-tables.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 2, analyticsMinimumDjs: 2 }
const pipeline = openPipeline()

const BEGIN_MS = Date.parse('2026-06-01T12:00:00Z')
/** The begins of an account's sessions: two in one week, one across its end into the next month. */
const starts = ['2026-05-19T20:00:00Z', '2026-05-22T20:00:00Z', '2026-05-31T23:20:00Z']
const accounts = [0, 1, 2, 3, 4, 5]
const ownerOf = (account: number) => pseudonyms.owner(`dj-${account}`)

const tracks = [
  { artist: 'Harbour Lights', title: 'Low Tide', genre: 'Deep House', label: 'Quay', bpm: 121.96, key: 'Am' },
  {
    artist: 'Ana',
    title: 'Paper Lanterns (Ben Remix)',
    genre: 'House; Techno',
    label: 'QUAY',
    bpm: 124.5,
    remixer: 'Ben',
  },
  { artist: 'Zoë', title: 'Second Sunrise', genre: 'Amapiano', year: 2024, bitRate: 320 },
  { artist: 'Harbour Light', title: 'Low Tide', label: 'Pier', key: '8A' },
] as const
const trackOf = (index: number) => {
  const identity = identifyTrack(tracks[index]?.artist, tracks[index]?.title)
  return identity.kind === 'track' ? identity.track : '0'
}

const locations = [
  { country: 'NZ', subdivision: 'NZ-AUK' },
  { country: 'NZ', subdivision: 'NZ-WGN' },
  { country: 'AU' },
  {},
]
const account = fc.constantFrom(...accounts)
const steps = {
  put: fc.record({
    step: fc.constant('put' as const),
    account,
    session: fc.nat({ max: 2 }),
    // Each track at most once and in one order: what an account gives to charts then says all that analysts are told of it.
    played: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
  }),
  delete: fc.record({ step: fc.constant('delete' as const), account, session: fc.nat({ max: 2 }) }),
  profile: fc.record({
    step: fc.constant('profile' as const),
    account,
    patch: fc.constantFrom<ProfileChange['patch']>(
      { choices: { statistics: false } },
      { choices: { statistics: true } },
      { choices: { usage: false } },
      { choices: { usage: true } },
      { choices: { charts: false } },
      { choices: { charts: true } },
      { location: { country: 'AU', subdivision: null } },
      { location: { country: 'NZ', subdivision: 'NZ-AUK' } },
      { location: null },
    ),
  }),
  merge: fc.record({ step: fc.constant('merge' as const), applies: fc.boolean() }),
  erase: fc.record({ step: fc.constant('erase' as const), account }),
  build: fc.record({
    step: fc.constant('build' as const),
    dieAtStatement: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 1 },
      { arbitrary: fc.nat({ max: 250 }), weight: 2 },
    ),
  }),
}
type Step = typeof steps extends Record<string, infer A> ? (A extends fc.Arbitrary<infer T> ? T : never) : never

const histories = fc.array(
  fc.oneof(
    { arbitrary: steps.put as fc.Arbitrary<Step>, weight: 10 },
    { arbitrary: steps.delete, weight: 2 },
    { arbitrary: steps.profile, weight: 4 },
    { arbitrary: steps.merge, weight: 1 },
    { arbitrary: steps.erase, weight: 1 },
    { arbitrary: steps.build, weight: 3 },
  ),
  { minLength: 10, maxLength: 18, size: 'max' },
)

/** Everybody consents, lives somewhere and has played all there is, or hardly a row would come about; one objects. */
function opening(): AccountEvent[] {
  return accounts.flatMap((index) => [
    {
      v: 1,
      type: 'profile-change',
      owner: ownerOf(index),
      at: BEGIN_MS,
      patch: { choices: { charts: true, statistics: index > 0 }, location: locations[index % locations.length] ?? {} },
    } as const,
    ...[0, 2].map((session) => put(index, session, [0, 1, 2], BEGIN_MS)),
  ])
}

function put(index: number, session: number, played: readonly number[], at: number): AccountEvent {
  const owner = ownerOf(index)
  const startedAt = new Date(starts[session] ?? 0).toISOString()
  return {
    v: 1,
    type: 'session-put',
    owner,
    at,
    key: pseudonyms.sessionKey(owner, undefined, String(session)),
    session: {
      id: String(session),
      startedAt,
      software: { name: index < 3 ? 'Serato DJ Pro' : 'Rekordbox' },
      system: { os: index % 2 === 0 ? 'macOS 14.5' : 'Windows 11' },
      tracks: played.map((track) => toPlay(index, track, Date.parse(startedAt))),
    },
  }
}

function toPlay(index: number, track: number, startMs: number): TrackPlay {
  return {
    id: String(track),
    startedAt: new Date(startMs + track * 15 * 60_000).toISOString(),
    deck: (track % 2) + 1,
    ...(track === 3 ? {} : { playedSeconds: 60 + 35 * index }),
    tags: { ...tracks[track] },
  }
}

function toEvent(step: Step, at: number): AccountEvent | undefined {
  if (step.step === 'put') return put(step.account, step.session, step.played, at)
  if (step.step === 'profile') {
    return { v: 1, type: 'profile-change', owner: ownerOf(step.account), at, patch: step.patch }
  }
  if (step.step === 'erase') {
    return { v: 1, type: 'account-erased', owner: ownerOf(step.account), at, receiptHash: `receipt ${at}` }
  }
  if (step.step !== 'delete') return undefined
  const owner = ownerOf(step.account)
  return { v: 1, type: 'session-delete', owner, at, ref: pseudonyms.sessionKey(owner, undefined, String(step.session)) }
}

/** How often builds died, and what was seen: a property over tables that are empty, or builders that live, would show little. */
const seen = { deaths: 0, rows: 0, objectors: 0 }

interface Lived {
  readonly events: readonly AccountEvent[]
  readonly isMerged: boolean
}

async function live(history: readonly Step[]): Promise<Lived> {
  await pipeline.clear()
  pipeline.clock.nowMs = BEGIN_MS
  const events: AccountEvent[] = opening()
  for (const event of events) await pipeline.append(event)
  let isMerged = false
  for (const step of [...history, { step: 'build', dieAtStatement: undefined } as const]) {
    pipeline.clock.nowMs += 60_000
    const event = toEvent(step, pipeline.clock.nowMs)
    if (event !== undefined) {
      events.push(event)
      await pipeline.append(event)
    }
    if (step.step === 'merge' && step.applies !== isMerged) {
      await pipeline.ingest([1000])
      isMerged = step.applies
      await merge(pipeline, isMerged)
    }
    if (step.step !== 'build') continue
    await pipeline.ingest([1000])
    if (step.dieAtStatement === undefined || !(await pipeline.buildUntil(rules, step.dieAtStatement))) {
      await pipeline.build(rules)
    } else seen.deaths += 1
  }
  return { events, isMerged }
}

async function merge({ store, clock }: Pipeline, applies: boolean): Promise<void> {
  const state = applies ? 'applied' : 'undone'
  const decision = { track: trackOf(3), into: trackOf(0), state, score: 1, reason: 'editor', decidedBy: 'eva' } as const
  await decideAll(store().connect('merges'), [decision], () => clock.nowMs)
}

const shown = (those: Pipeline) => readShownTables(those.store().connect('migrate'))

const seed = Number(process.env['HISTORY_SEED'] ?? 20_261_125)

it('shows analysts after any history and any build that died what a count from nothing gives, and what a build from nothing gives', async () => {
  const property = async (history: readonly Step[]) => {
    const { events, isMerged } = await live(history)
    const accountsNow = readHistory(events)
    const canonical = new Map(isMerged ? [[trackOf(3), trackOf(0)] as const] : [])
    const mended = await shown(pipeline)
    seen.rows += expectOfModel(mended, analystsTables(accountsNow, rules, canonical), rules.analyticsMinimumDjs)
    seen.objectors += [...accountsNow.profiles.values()].filter(({ statistics }) => !statistics).length

    const connection = pipeline.store().connect('migrate')
    for (const table of ['published', 'entries', 'bases', 'earlier_bases', 'pending_take_backs', 'analytics_shown']) {
      await connection.run(`TRUNCATE TABLE charts.${table}`)
    }
    await connection.run('TRUNCATE TABLE operations.facts')
    await pipeline.build(rules)
    expect(mended).toEqual(await shown(pipeline))
  }
  await fc.assert(fc.asyncProperty(histories, property), {
    numRuns: 2,
    seed,
    interruptAfterTimeLimit: 270_000,
  })
  expect(seen.deaths).toBeGreaterThan(0)
  expect(seen.rows).toBeGreaterThan(100)
  expect(seen.objectors).toBeGreaterThan(0)
})

it('shows analysts after an erasure, in every table, what it would without the account', async () => {
  const property = async (history: readonly Step[], erased: number) => {
    const { events } = await live([
      ...history.filter(({ step }) => step !== 'merge'),
      { step: 'build', dieAtStatement: undefined },
      { step: 'erase', account: erased },
    ])
    const withoutTheAccount = await shown(pipeline)
    await pipeline.clear()
    for (const event of events) if (event.owner !== ownerOf(erased)) await pipeline.append(event)
    await pipeline.ingest([1000])
    await pipeline.build(rules)
    expect(withoutTheAccount).toEqual(await shown(pipeline))
  }
  await fc.assert(fc.asyncProperty(histories, account, property), {
    numRuns: 1,
    seed,
    interruptAfterTimeLimit: 270_000,
  })
})
