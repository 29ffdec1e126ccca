/**
 * The epoch under which positions of the log are versions of rows.
 *
 * Positions start anew when a log is replaced (restored, made anew, moved to Kafka). Rows of the new log must then win
 * over older ones, so such a log raises the epoch; and because that is never meant by accident, it has to be asked for.
 * @module
 */
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { positionOfVersion } from '#platform/event-log/event-version.ts'
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
  const { known, version } = await readKnownLog(store)
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
  await writeKnownLog(store, next, Math.max(clock(), version + 1))
  return next.epoch
}

/**
 * The epoch of a log that goes on where the one that the store was filled from was copied, under another identity, after
 * a restore: its positions go on too, so nothing is raised, and the two logs are told apart from now on.
 */
export async function continueLogEpoch(options: {
  readonly log: EventLog
  readonly store: StoreConnection
  readonly clock: () => number
}): Promise<number> {
  const { log, store, clock } = options
  const { known, version } = await readKnownLog(store)
  const identity = await log.identity()
  if (known === undefined || (await endsEarlier(store, known.epoch, identity.endOffsets))) {
    return await readLogEpoch({ ...options, acceptNewLog: true })
  }
  await writeKnownLog(store, { id: identity.id, epoch: known.epoch }, Math.max(clock(), version + 1))
  return known.epoch
}

async function readKnownLog(store: StoreConnection): Promise<{ known: KnownLog | undefined; version: number }> {
  const [fact] = await store.rows<{ value: string; version: string }>(
    'SELECT value, version FROM operations.facts FINAL WHERE name = {name:String}',
    { name: FACT },
  )
  // Written here alone.
  const known = fact === undefined ? undefined : (JSON.parse(fact.value) as KnownLog)
  return { known, version: Number(fact?.version ?? 0) }
}

async function writeKnownLog(store: StoreConnection, known: KnownLog, version: number): Promise<void> {
  const row = { name: FACT, value: JSON.stringify(known), version }
  await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
}

/** Whether rows are stored from positions that the log does not reach. */
async function endsEarlier(store: StoreConnection, epoch: number, endOffsets: readonly number[]): Promise<boolean> {
  const [row] = await store.rows<{ newest: string }>(
    `SELECT max(version) AS newest FROM (
       SELECT max(version) AS version FROM playlists.sessions
       UNION ALL SELECT max(version) FROM playlists.session_choices
       UNION ALL SELECT max(version) FROM playlists.profile_members
       UNION ALL SELECT max(version) FROM playlists.account_states)`,
  )
  const newest = positionOfVersion(BigInt(row?.newest ?? 0))
  return newest.epoch === epoch && newest.offset >= Math.max(...endOffsets)
}
