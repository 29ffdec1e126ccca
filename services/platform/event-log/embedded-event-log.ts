/**
 * The event log in this process: one partition, in LMDB files of a folder.
 *
 * One process at a time may have the folder open; `lockFolder` sees to that for the whole data folder.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { TonearmError } from '../errors/tonearm-error.ts'
import { decodeEntry, encodeEntry } from './entry-codec.ts'
import { eraseEntries } from './erase-entries.ts'
import type { Batch, ConsumerGroup, DeadLetter, EventLog, LogRecord } from './event-log.ts'
import { createGroupCommit } from './group-commit.ts'
import { openLogFiles, writeFacts } from './log-files.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import { readEntries } from './read-entries.ts'
import { trimEntries } from './trim-entries.ts'
import { createWakeUp } from './wake-up.ts'

const PARTITION = 0
const GROUP_BYTES_MAX = 16 * 1024 * 1024
const WAITING_BYTES_MAX = 256 * 1024 * 1024
const COMMIT_MS_MAX = 30_000
/** What an entry costs besides its bytes, about. */
const ENTRY_BYTES = 64
const DETAIL_CHARACTERS_MAX = 10_000
/** The one partition is this process's for as long as it has the folder. */
const neverLost = new AbortController().signal

/** Nothing is trimmed that one of these has not behind it, also where it has never begun. The type keeps it complete. */
const groups = { ingest: true } as const satisfies Record<ConsumerGroup, true>

export interface EmbeddedEventLogOptions {
  /** Its folder, for it alone; made where it does not exist. */
  readonly folder: string
  /** Unix milliseconds. */
  readonly clock: () => number
  /** A batch holds no more than this, 4 MiB by default, but one event however large. */
  readonly batchBytesMax?: number
  /** A batch holds no more events than this, 1,000 by default. */
  readonly batchRecordsMax?: number
  /** Makes the identity of a new log. */
  readonly newId?: () => string
}

export interface EmbeddedEventLog extends EventLog {
  /**
   * Writes the log into another folder, which must exist: all that was confirmed before the call, with the positions that
   * the groups had at the call, so that what they take meanwhile is handed over again. Appends go on meanwhile.
   */
  copyTo(folder: string): Promise<void>
}

/**
 * Opens the log of a folder, or makes it.
 *
 * @throws TonearmError `log-unavailable`: the files cannot be opened, are damaged, or another version's.
 */
export function openEmbeddedEventLog(options: EmbeddedEventLogOptions): EmbeddedEventLog {
  const { folder, clock, batchBytesMax = 4 * 1024 * 1024, batchRecordsMax = 1_000, newId = randomUUID } = options
  const files = openLogFiles(folder, newId)
  const wakeUp = createWakeUp()
  const consumers = createOneAtATime()
  const closing = new AbortController()
  let isOpen = true
  /** Later than `isOpen`: a consumer in its last batch may still write dead letters and its position. */
  let hasEnded = false
  let closed: Promise<void> | undefined
  /** Copies of the files are made one after the other, and no files are replaced while they are copied. */
  let copied: Promise<void> = Promise.resolve()
  /** What is confirmed ends here. */
  let endOffset = numberFact('end')
  /** Ahead of `endOffset` while a transaction is under way. */
  let nextOffset = endOffset

  const commits = createGroupCommit({
    groupBytesMax: GROUP_BYTES_MAX,
    waitingBytesMax: WAITING_BYTES_MAX,
    commitMsMax: COMMIT_MS_MAX,
    async transact(stage) {
      try {
        await files.transact(() => {
          stage()
          // Kept apart from the events, so that no offset comes again once all of them are trimmed.
          if (nextOffset !== endOffset) files.facts.put('end', nextOffset)
        })
      } catch (error) {
        // Whether it was written is not known here, but the files tell.
        files.refresh()
        nextOffset = numberFact('end')
        throw error
      } finally {
        const hasMore = nextOffset !== endOffset
        endOffset = nextOffset
        if (hasMore) wakeUp.wake()
      }
    },
  })

  return {
    async append(newEvents) {
      refuseWhenClosed()
      if (newEvents.length === 0) return []
      const appendedAtMs = clock()
      const values = newEvents.map(({ owner, payload }) => encodeEntry({ appendedAtMs, texts: [owner], payload }))
      const sizeBytes = values.reduce((sum, value) => sum + value.length + ENTRY_BYTES, 0)
      return commits.commit(sizeBytes, () =>
        values.map((value) => {
          const offset = nextOffset
          nextOffset += 1
          files.events.put(offset, value)
          return { partition: PARTITION, offset }
        }),
      )
    },

    async consume(group, handle, signal, { resumeFrom } = {}) {
      refuseWhenClosed()
      const ending = AbortSignal.any([signal, closing.signal])
      return consumers.run(group, ending, async () => {
        if (resumeFrom !== undefined) await goBackTo(group, (await resumeFrom(PARTITION)) ?? 0)
        while (!ending.aborted) {
          const batch = nextBatch(group)
          if (batch === undefined) {
            await wakeUp.next(ending)
            continue
          }
          await handle(batch)
          const position = offsetAfter(batch)
          await commits.commit(ENTRY_BYTES, () => files.facts.put(positionOf(group), position))
        }
      })
    },

    async deadLetter({ offset, owner, payload, appendedAtMs }, reason, detail) {
      refuseWhenEnded()
      const value = encodeEntry({
        appendedAtMs,
        texts: [owner, reason, detail.slice(0, DETAIL_CHARACTERS_MAX)],
        payload,
      })
      await commits.commit(value.length + ENTRY_BYTES, () => files.deadLetters.put(offset, value))
    },

    async deadLetters(limit, before) {
      refuseWhenEnded()
      // Backwards, so that a range starts at its end. No key is negative.
      const start = before === undefined ? {} : { start: before.offset - 1 }
      const range = files.deadLetters.getRange({ reverse: true, limit, ...start })
      return Array.from(range, ({ key, value }) => toDeadLetter(key, value))
    },

    async trim(beforeMs) {
      refuseWhenClosed()
      const untilOffset = behindAllGroups()
      const common = { commits, beforeMs, nowMs: clock(), isOpen: () => isOpen }
      await trimEntries({ ...common, database: () => files.deadLetters, untilOffset: Number.POSITIVE_INFINITY })
      return trimEntries({ ...common, database: () => files.events, untilOffset })
    },

    async erase(erasures) {
      refuseWhenClosed()
      const offsets = new Map<string, number>()
      const untilOffset = behindAllGroups()
      for (const { owner, beforeOffset } of erasures) {
        offsets.set(owner, Math.max(Math.min(beforeOffset, untilOffset), offsets.get(owner) ?? 0))
      }
      const erasing = copied.then(async () => {
        files.refresh()
        const common = { commits, offsets, isOpen: () => isOpen }
        await eraseEntries({ ...common, database: files.events, textCount: 1 })
        await eraseEntries({ ...common, database: files.deadLetters, textCount: 3 })
        // Also where nothing was removed now: an erasure that broke off may have done so, and left the bytes.
        refuseWhenClosed()
        await commits.alone(() => files.compact())
      })
      copied = erasing.catch(() => undefined)
      await erasing
      return clock()
    },

    async lag(group) {
      refuseWhenEnded()
      // Exact, for no offset is left out, and what is trimmed lies behind.
      return Math.max(0, endOffset - numberFact(positionOf(group)))
    },

    async hasConsumers(group) {
      refuseWhenEnded()
      return consumers.isRunning(group)
    },

    async identity() {
      refuseWhenEnded()
      return { id: String(files.facts.get('id')), endOffsets: [endOffset] }
    },

    async copyTo(to) {
      refuseWhenClosed()
      files.refresh()
      const positions = Object.fromEntries(
        Object.keys(groups).map((group) => [positionOf(group), numberFact(positionOf(group))]),
      )
      const copying = copied.then(() => files.copyTo(to)).then(() => writeFacts(to, positions))
      copied = copying.catch(() => undefined)
      await copying
    },

    close() {
      closed ??= close()
      return closed
    },
  }

  async function close(): Promise<void> {
    isOpen = false
    closing.abort()
    await Promise.all([consumers.ended(), copied])
    hasEnded = true
    if (!(await commits.idle())) {
      throw new TonearmError('log-unavailable', 'The event log was left open: the disk does not confirm its last write')
    }
    await files.close()
  }
  /** The next batch of a group, or nothing at the end of the log. */
  function nextBatch(group: ConsumerGroup): Batch | undefined {
    files.refresh()
    const limits = { recordsMax: batchRecordsMax, bytesMax: batchBytesMax }
    const entries = readEntries(files.events, numberFact(positionOf(group)), limits)
    if (entries.length === 0) return undefined
    return {
      partition: PARTITION,
      records: entries.map(({ offset, bytes }) => toRecord(offset, bytes)),
      lost: neverLost,
    }
  }

  async function goBackTo(group: ConsumerGroup, offset: number): Promise<void> {
    if (offset < numberFact(positionOf(group))) {
      await commits.commit(ENTRY_BYTES, () => files.facts.put(positionOf(group), offset))
    }
  }

  function numberFact(name: string): number {
    const value = files.facts.get(name)
    return typeof value === 'number' ? value : 0
  }

  /** The offset of the first event that some group has not behind it. */
  function behindAllGroups(): number {
    return Math.min(...Object.keys(groups).map((group) => numberFact(positionOf(group))))
  }

  function refuseWhenClosed(): void {
    if (!isOpen) throw new TonearmError('log-unavailable', 'The event log is closed')
  }

  function refuseWhenEnded(): void {
    if (hasEnded) throw new TonearmError('log-unavailable', 'The event log is closed')
  }
}

/** Makes a copy of a log a log of its own: the same events and positions under another identity. Nobody has it open. */
export function renewLogIdentity(folder: string, newId: () => string = randomUUID): Promise<void> {
  return writeFacts(folder, { id: newId() })
}

/** The fact that holds a group's position: the offset of the first event that it has not behind it. */
function positionOf(group: string): string {
  return `position.${group}`
}

function offsetAfter({ records }: Batch): number {
  return (records.at(-1)?.offset ?? -1) + 1
}

function toRecord(offset: number, bytes: Buffer): LogRecord {
  const { appendedAtMs, texts, payload } = decodeEntry(bytes, 1)
  return { partition: PARTITION, offset, owner: texts[0] ?? '', payload, appendedAtMs }
}

function toDeadLetter(offset: number, bytes: Buffer): DeadLetter {
  const { appendedAtMs, texts, payload } = decodeEntry(bytes, 3)
  const [owner = '', reason = '', detail = ''] = texts
  return { partition: PARTITION, offset, owner, payload, appendedAtMs, reason, detail }
}
