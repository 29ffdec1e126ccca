/**
 * The epoch under which positions of the log are versions of rows.
 *
 * Positions start anew when a log is replaced (restored, made anew, moved to Kafka). Rows of the new log must then win
 * over older ones, so such a log raises the epoch; and because that is never meant by accident, it has to be asked for.
 * @module
 */
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { StoreConnection } from '#platform/store/store.ts'

const FACT = 'event-log'

interface KnownLog {
  readonly id: string
  readonly epoch: number
}

/**
 * The epoch of this log. Throws `other-log` where the store was filled from another log, or from one that went further,
 * unless `acceptNewLog` says that this is meant.
 */
export async function readLogEpoch(options: {
  readonly log: EventLog
  readonly store: StoreConnection
  readonly acceptNewLog: boolean
  readonly clock: () => number
}): Promise<number> {
  const { log, store, acceptNewLog, clock } = options
  const identity = await log.identity()
  const [fact] = await store.rows<{ value: string; version: string }>(
    'SELECT value, version FROM operations.facts FINAL WHERE name = {name:String}',
    { name: FACT },
  )
  // Written by this function alone.
  const known = fact === undefined ? undefined : (JSON.parse(fact.value) as KnownLog)
  if (
    known !== undefined &&
    known.id === identity.id &&
    !(await endsEarlier(store, known.epoch, identity.endOffsets))
  ) {
    return known.epoch
  }
  if (known !== undefined && !acceptNewLog) {
    throw new TonearmError(
      'other-log',
      'the store was filled from another event log, or the log has lost its end; ' +
        'start with --accept-new-log if the new log is meant: what comes by it then replaces older rows',
    )
  }
  const next: KnownLog = { id: identity.id, epoch: known === undefined ? 1 : known.epoch + 1 }
  // The clock may have gone back since.
  const version = Math.max(clock(), Number(fact?.version ?? 0) + 1)
  const row = { name: FACT, value: JSON.stringify(next), version }
  await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
  return next.epoch
}

/** Whether rows are stored from positions that the log does not reach. */
async function endsEarlier(store: StoreConnection, epoch: number, endOffsets: readonly number[]): Promise<boolean> {
  const [row] = await store.rows<{ newest: string }>(
    `SELECT max(version) AS newest FROM (
       SELECT max(version) AS version FROM playlists.sessions
       UNION ALL SELECT max(version) FROM playlists.session_choices
       UNION ALL SELECT max(version) FROM playlists.profile_members)`,
  )
  const newest = BigInt(row?.newest ?? 0)
  return newest >> 48n === BigInt(epoch) && Number(newest & 0xffff_ffff_ffffn) >= Math.max(...endOffsets)
}
