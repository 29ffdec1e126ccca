import { beforeEach } from 'vitest'
import { createJobTurns, type JobTurns } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { AccountEvent, SessionPut } from '#schemas/events/account-event.ts'
import { type RetentionResult, runRetention } from '../../../services/privacy/retention/run-retention.ts'
import { openPipeline, type Pipeline, pseudonyms, type ShownChart } from '../../model/open-pipeline.ts'

const DAY_MS = 86_400_000
export const START_MS = Date.parse('2026-02-14T12:00:00Z')
/** In 2026-W07. */
export const EVENING = '2026-02-13T20:00:00.000Z'
export const limits = { sessionMonths: 36, auditDays: 365, logHours: 72, backupDays: 30 }
export const chartRules = {
  minimumDjs: 5,
  minimumChangedDjs: 5,
  takeBackHoursMax: 24,
  playsPerDj: 10,
  analyticsMinimumDjs: 5,
}
export const owner = (dj: number) => pseudonyms.owner(`dj-${dj}`)
export const keyOf = (dj: number, id = 'a') => pseudonyms.sessionKey(owner(dj), undefined, id)

type Session = SessionPut['session']
type Patch = Extract<AccountEvent, { type: 'profile-change' }>['patch']
type Choices = Extract<AccountEvent, { type: 'session-choices' }>['choices']

export interface OpenRetention {
  readonly pipeline: Pipeline
  /** Moves the clock. */
  later(days: number): void
  at(time: string): void
  profile(dj: number, patch: Patch): Promise<void>
  send(dj: number, session?: Partial<Session>, undelete?: true): Promise<void>
  choose(dj: number, choices: Choices, id?: string): Promise<void>
  remove(dj: number, id?: string): Promise<void>
  ingest(): Promise<void>
  build(): Promise<Map<string, ShownChart>>
  retain(changes?: { store?: StoreConnection; turns?: JobTurns }): Promise<RetentionResult>
  rows<Row>(sql: string, params?: Record<string, unknown>): Promise<Row[]>
  /** Rows of a table in all versions, as long as the engine keeps them. */
  count(table: string, condition?: string): Promise<number>
}

/** The pipeline with retention beside it; its tables are empty and its clock is at the start before each test. */
export function openRetention(): OpenRetention {
  const pipeline = openPipeline()
  const { clock } = pipeline
  beforeEach(async () => {
    await pipeline.clear()
    for (const table of ['audit.actions', 'operations.facts'])
      await pipeline.store().connect('migrate').run(`TRUNCATE TABLE ${table}`)
    clock.nowMs = START_MS
  })
  const rows: OpenRetention['rows'] = (sql, params) => pipeline.store().connect('migrate').rows(sql, params)
  const envelope = (dj: number) => ({ v: 1, owner: owner(dj), at: clock.nowMs }) as const

  return {
    pipeline,
    rows,
    later: (days) => {
      clock.nowMs += days * DAY_MS
    },
    at: (time) => {
      clock.nowMs = Date.parse(time)
    },
    profile: (dj, patch) => pipeline.append({ ...envelope(dj), type: 'profile-change', patch }),
    send: (dj, session, undelete) => {
      const id = session?.id ?? 'a'
      const tracks = [{ id: '1', startedAt: session?.startedAt ?? EVENING, tags: { artist: 'Ana', title: 'Lantern' } }]
      return pipeline.append({
        ...envelope(dj),
        type: 'session-put',
        key: keyOf(dj, id),
        session: { id, startedAt: EVENING, tracks, ...session },
        ...(undelete === undefined ? {} : { undelete }),
      })
    },
    choose: (dj, choices, id = 'a') =>
      pipeline.append({ ...envelope(dj), type: 'session-choices', ref: keyOf(dj, id), choices }),
    remove: (dj, id = 'a') => pipeline.append({ ...envelope(dj), type: 'session-delete', ref: keyOf(dj, id) }),
    ingest: async () => void (await pipeline.ingest([1000])),
    async build() {
      await pipeline.ingest([1000])
      await pipeline.build(chartRules)
      return await pipeline.shownCharts()
    },
    retain: ({ store = pipeline.store().connect('retention'), turns = createJobTurns() } = {}) =>
      runRetention(
        { store, turns, pseudonyms, limits, clock: () => clock.nowMs, sessionsPerPortion: 2 },
        new AbortController().signal,
      ),
    async count(table, condition = '1') {
      const [row] = await rows<{ rows: string }>(`SELECT count() AS rows FROM ${table} WHERE ${condition}`)
      return Number(row?.rows)
    },
  }
}
