/**
 * What the store knows of the event log that it was filled from: which log, its epochs, and how far the rows go in it.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import type { LogEpoch } from '../event-log/log-epochs.ts'
import { toVersion } from '../event-log/log-epochs.ts'
import type { StoreConnection } from './store.ts'

const FACT = 'event-log'

export interface KnownLog {
  /** Its identity. */
  readonly id: string
  /** Number of partitions that owners are spread over. */
  readonly partitions: number
  /** Its epochs, oldest first. */
  readonly epochs: readonly LogEpoch[]
}

/** `undefined` in a store that was never filled. */
export async function readKnownLog(store: StoreConnection): Promise<KnownLog | undefined> {
  return (await readFact(store)).known
}

/** As {@link readKnownLog}; throws `store-unavailable` where ingest has not begun yet. */
export async function requireKnownLog(store: StoreConnection): Promise<KnownLog> {
  const known = await readKnownLog(store)
  if (known === undefined) throw new TonearmError('store-unavailable', 'ingest has not begun on this store yet')
  return known
}

/** Switches to another state of the log with one row. `nowMs` is Unix milliseconds. */
export async function writeKnownLog(store: StoreConnection, known: KnownLog, nowMs: number): Promise<void> {
  const { version } = await readFact(store)
  // The clock may have gone back since.
  const row = { name: FACT, value: JSON.stringify(known), version: Math.max(nowMs, version + 1) }
  await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
}

async function readFact(store: StoreConnection): Promise<{ known: KnownLog | undefined; version: number }> {
  const [fact] = await store.rows<{ value: string; version: string }>(
    'SELECT value, version FROM operations.facts FINAL WHERE name = {name:String}',
    { name: FACT },
  )
  return { known: fact && toKnownLog(fact.value), version: Number(fact?.version ?? 0) }
}

/** Written here alone; before there were partitions a log was `{ id, epoch }`. */
function toKnownLog(value: string): KnownLog {
  const known = JSON.parse(value) as KnownLog | { readonly id: string; readonly epoch: number }
  if ('epochs' in known) return known
  return { id: known.id, partitions: 1, epochs: [{ epoch: known.epoch, since: [0] }] }
}

/** For each partition that rows tell of, the offset behind the newest event whose rows are stored. */
export async function readLogPositions(store: StoreConnection, log: string): Promise<ReadonlyMap<number, number>> {
  const rows = await store.rows<{ partition: number; next_offset: string }>(
    'SELECT partition, next_offset FROM operations.log_positions FINAL WHERE log = {log:String}',
    { log },
  )
  return new Map(rows.map((row) => [row.partition, Number(row.next_offset)]))
}

/** Keeps how far the rows go, under the newest epoch of the log. Of two that are written the one further on holds. */
export async function writeLogPositions(
  store: StoreConnection,
  { id, epochs }: Pick<KnownLog, 'id' | 'epochs'>,
  nextOffsets: Iterable<readonly [partition: number, nextOffset: number]>,
): Promise<void> {
  const epoch = epochs.at(-1)?.epoch ?? 1
  const lines = [...nextOffsets].map(([partition, nextOffset]) => {
    const version = toVersion(epoch, nextOffset).toString()
    return JSON.stringify({ log: id, partition, next_offset: nextOffset, version })
  })
  if (lines.length > 0) await store.insert({ table: 'operations.log_positions', lines: Buffer.from(lines.join('\n')) })
}
