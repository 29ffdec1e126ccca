/**
 * Finds tracks that are the same although their keys differ, by the clock, and decides on them.
 *
 * Texts are read from contributions alone, and stay in memory: a text goes when its DJ goes, a decision holds codes.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import cron from 'node-cron'
import { createMutex, type Mutex } from '#platform/scheduling/mutex.ts'
import { readSql } from '#platform/store/sql-file.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { matchInThread } from './match-in-thread.ts'
import { decideAll, readMerges } from './merge-rows.ts'
import { planMerges } from './plan-merges.ts'

const tracksSeenSql = readSql(new URL('tracks-seen.sql', import.meta.url))

/** Once an hour, not at its begin, when much else has its turn. */
const EXPRESSION = '23 * * * *'
/** Bounds time and memory of a run; the tracks beyond it have the fewest DJs. */
const TRACKS_MAX = 150_000
/** Of a text so much is compared. */
const TEXT_CHARACTERS_MAX = 200
/** Decisions written at once. */
const DECISIONS_MAX = 1_000

export interface MatchRunOptions {
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Contributions are read in a turn, so that nobody is counted twice while a rotation copies them. */
  readonly turn?: Mutex
}

export interface MatchRunResult {
  readonly applied: number
  readonly suggested: number
}

/** One run. Rejects where the store or the matching fails, and where the signal aborts; what was decided stays. */
export async function runMatching(
  { store, clock, turn = createMutex() }: MatchRunOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<MatchRunResult> {
  const records = await turn.run(async () => {
    const result = await store.client.query({
      query: tracksSeenSql,
      format: 'JSONEachRow',
      query_params: { tracks: TRACKS_MAX, characters: TEXT_CHARACTERS_MAX },
    })
    // The thread parses it: these may be many megabytes.
    return await result.text()
  })
  const hasPairs = records.indexOf('\n') < records.lastIndexOf('\n')
  const found = hasPairs ? await matchInThread(records, signal) : []
  const seen = idsOf(records)
  let applied = 0
  let suggested = 0
  for (;;) {
    // Planned anew for each part that is written: what an editor decided meanwhile holds.
    const part = planMerges(await readMerges(store), found, seen).slice(0, DECISIONS_MAX)
    signal.throwIfAborted()
    if (part.length === 0) return { applied, suggested }
    await decideAll(store, part, clock)
    const appliedNow = part.filter(({ state }) => state === 'applied').length
    applied += appliedNow
    suggested += part.length - appliedNow
  }
}

/** The ids of the records, without parsing them: each stands first in its line. */
function idsOf(records: string): Set<string> {
  return new Set([...records.matchAll(/^\{"id":"(\d+)"/gm)].flatMap(([, id]) => id ?? []))
}

/** Runs it now and every hour, never twice at once. What it returns ends it, and resolves when no run is under way. */
export function startMatchJob(options: MatchRunOptions & { readonly logger: FastifyBaseLogger }): () => Promise<void> {
  const { logger } = options
  const stopping = new AbortController()
  let underWay: Promise<void> | undefined

  async function run(): Promise<void> {
    try {
      const { applied, suggested } = await runMatching(options, stopping.signal)
      logger.info({ applied, suggested }, 'tracks matched')
    } catch (cause) {
      if (stopping.signal.aborted) return
      // The name alone: a message of the engine may quote what was read. The next run tries again.
      logger.error({ error: cause instanceof Error ? cause.name : typeof cause }, 'tracks could not be matched')
    }
  }
  const start = () => {
    underWay ??= run().finally(() => {
      underWay = undefined
    })
  }
  const task = cron.schedule(EXPRESSION, start, { timezone: 'UTC', noOverlap: true })
  start()

  return async () => {
    stopping.abort()
    await task.destroy()
    await underWay
  }
}
