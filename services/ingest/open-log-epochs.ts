/**
 * Holds the log against the store that was filled from it, before anything is ingested.
 *
 * A log that is another one (made anew, moved to Kafka), has lost its end (restored), or has another number of partitions
 * begins an epoch, so that rows of new events win over older ones; and because that is never meant by accident, it has to
 * be asked for.
 * @module
 */
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { EventLog, LogIdentity } from '#platform/event-log/event-log.ts'
import {
  type KnownLog,
  readKnownLog,
  readLogPositions,
  writeKnownLog,
  writeLogPositions,
} from '#platform/store/known-log.ts'
import type { StoreConnection } from '#platform/store/store.ts'

export interface OpenLogEpochsOptions {
  readonly log: Pick<EventLog, 'identity'>
  readonly store: StoreConnection
  /** Whether a log that is not the known one, as it was, is meant. */
  readonly acceptNewLog: boolean
  /** Unix milliseconds. */
  readonly clock: () => number
}

/**
 * The log as the store knows it from now on. Throws `other-log` where the store was filled from another log, from one that
 * went further, or over another number of partitions, unless `acceptNewLog` says that this is meant.
 */
export async function openLogEpochs({ log, store, acceptNewLog, clock }: OpenLogEpochsOptions): Promise<KnownLog> {
  const identity = await log.identity()
  const known = await readKnownLog(store)
  if (known === undefined) {
    const first = {
      id: identity.id,
      partitions: identity.endOffsets.length,
      epochs: [epochFrom(1, fromBegin(identity))],
    }
    await writeKnownLog(store, first, clock())
    return first
  }
  const difference = await compare(known, identity, store)
  if (difference === undefined) return known
  if (!acceptNewLog) throw new TonearmError('other-log', `${explanations[difference]}; ${wayOut}`)
  return await beginEpoch(known, identity, store, clock)
}

/**
 * The same where the log goes on where the known one was copied, under another identity, after a restore: its positions go
 * on too, so no epoch begins, and the two logs are told apart from now on.
 */
export async function continueLogEpochs(options: Omit<OpenLogEpochsOptions, 'acceptNewLog'>): Promise<KnownLog> {
  const { log, store, clock } = options
  const identity = await log.identity()
  const known = await readKnownLog(store)
  if (known === undefined || (await compare({ ...known, id: identity.id }, identity, store, known.id)) !== undefined) {
    return await openLogEpochs({ ...options, acceptNewLog: true })
  }
  const continued = { ...known, id: identity.id }
  await writeLogPositions(store, continued, await readLogPositions(store, known.id))
  await writeKnownLog(store, continued, clock())
  return continued
}

type Difference = 'another' | 'partitions' | 'ends-earlier'

const explanations: Readonly<Record<Difference, string>> = {
  another: 'the store was filled from another event log',
  partitions: 'the event log has another number of partitions than the store was filled over',
  'ends-earlier': 'the event log has lost its end: the store was filled further than it goes',
}
const wayOut =
  'start with --accept-new-log if this is meant: what comes from then on replaces older rows. With another number of ' +
  'partitions end all services that upload before that (docs/operations.md, "Repartitioning")'

async function compare(
  known: KnownLog,
  identity: LogIdentity,
  store: StoreConnection,
  positionsOf = known.id,
): Promise<Difference | undefined> {
  if (known.id !== identity.id) return 'another'
  if (known.partitions !== identity.endOffsets.length) return 'partitions'
  const positions = await readLogPositions(store, positionsOf)
  const endsEarlier = identity.endOffsets.some((end, partition) => (positions.get(partition) ?? 0) > end)
  return endsEarlier ? 'ends-earlier' : undefined
}

async function beginEpoch(
  known: KnownLog,
  identity: LogIdentity,
  store: StoreConnection,
  clock: () => number,
): Promise<KnownLog> {
  const isSame = known.id === identity.id
  const epoch = (known.epochs.at(-1)?.epoch ?? 0) + 1
  const partitions = identity.endOffsets.length
  // Of the same log, what is there already was appended before, and keeps its order among what was.
  const since = isSame ? identity.endOffsets : fromBegin(identity)
  const next = { id: identity.id, partitions, epochs: [...(isSame ? known.epochs : []), epochFrom(epoch, since)] }
  if (isSame) {
    const positions = await readLogPositions(store, known.id)
    const reached = identity.endOffsets.map(
      (end, partition) => [partition, Math.min(positions.get(partition) ?? 0, end)] as const,
    )
    await writeLogPositions(store, next, reached)
  }
  await writeKnownLog(store, next, clock())
  return next
}

function epochFrom(epoch: number, since: readonly number[]) {
  return { epoch, since }
}

function fromBegin({ endOffsets }: LogIdentity): number[] {
  return endOffsets.map(() => 0)
}
