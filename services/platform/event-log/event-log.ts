/**
 * The port of the event log: an ordered, durable log of account events.
 *
 * Order holds within one owner, for one owner is always in one partition. An adapter keeps these promises under
 * SIGKILL at any instant; one suite (`test/contract/event-log`) holds every adapter to them.
 * @module
 */

/** Groups of consumers, each with a position of its own. */
export type ConsumerGroup = 'ingest'

/** An event to append. */
export interface NewEvent {
  /** Owner key; decides the partition. */
  readonly owner: string
  /** The encoded event. */
  readonly payload: Uint8Array
}

/** Where an event lies in the log. */
export interface Position {
  readonly partition: number
  /** Grows within a partition, with gaps allowed. */
  readonly offset: number
}

/** An event as it is handed over. */
export interface LogRecord extends Position {
  readonly owner: string
  readonly payload: Uint8Array
  /** When the log took it, Unix milliseconds by the log's clock. */
  readonly appendedAtMs: number
}

/** Events of one partition, in order. Bounded in number and bytes by the adapter. */
export interface Batch {
  readonly partition: number
  readonly records: readonly LogRecord[]
  /** Aborts when the partition is another consumer's now: what is not written yet is that one's to write. */
  readonly lost: AbortSignal
}

/** What a consumer knows of positions beside the log. */
export interface ConsumeOptions {
  /**
   * The offset behind the last event of a partition that the consumer's own records tell of; `undefined` where they tell of
   * none, so that it begins with the oldest event. The log hands over from there where its own position lies further on:
   * the store may be an older copy, or new. Without it the log's own position holds. Asked whenever a partition is taken on.
   */
  readonly resumeFrom?: (partition: number) => Promise<number | undefined>
  /** Told of events that the log has deleted before the consumer had them: of a partition, from an offset up to another. */
  readonly onMissing?: (partition: number, fromOffset: number, toOffset: number) => void
}

/** An event that could not be used, kept apart with its reason. */
export interface DeadLetter extends LogRecord {
  readonly reason: string
  readonly detail: string
}

/** What of an owner goes from the log. */
export interface Erasure {
  readonly owner: string
  /** The events before this offset go, in the one partition that the owner is in. */
  readonly beforeOffset: number
}

/** Which log this is, so that a store can tell when it has been put on another one. */
export interface LogIdentity {
  /** Made when the log was made; another log has another. */
  readonly id: string
  /** For each partition, the offset that the next event will get at least. */
  readonly endOffsets: readonly number[]
}

export interface EventLog {
  /**
   * Appends the events of one request: those of one owner all or none.
   *
   * Resolves, with their positions in the same order, when they survive a crash of this process and of the machine.
   * Rejects with `log-unavailable` (retryable): what became of them is then unknown, and appending again is safe.
   */
  append(events: readonly NewEvent[]): Promise<readonly Position[]>

  /**
   * Hands over batches in order until `signal` aborts, then resolves once the batch in hand is done.
   *
   * A batch's position is kept after `handle` resolves; a crash before that hands the batch over again. Where `handle`
   * rejects, nothing is kept and the rejection is passed on; but once `lost` has aborted, a rejection ends that batch only.
   * The next batch is read only when `handle` has resolved. Consumers of a group in several processes share its partitions.
   */
  consume(
    group: ConsumerGroup,
    handle: (batch: Batch) => Promise<void>,
    signal: AbortSignal,
    options?: ConsumeOptions,
  ): Promise<void>

  /** Keeps an event that could not be used, with the reason. Durable when it resolves. */
  deadLetter(record: LogRecord, reason: string, detail: string): Promise<void>

  /** The newest dead letters, newest first; with `before`, those older than the one there. */
  deadLetters(limit: number, before?: Position): Promise<readonly DeadLetter[]>

  /** Deletes events that are older than `beforeMs` and that every group has behind it; resolves with their number. */
  trim(beforeMs: number): Promise<number>

  /**
   * Removes the events and dead letters of owners that lie before an offset, which every group must have behind it.
   *
   * Resolves with the time, Unix milliseconds, at which nothing of them can be read any more from what the log has on
   * disk: now, or when a retention that cannot be hurried has passed. Asking again for the same is safe.
   */
  erase(erasures: readonly Erasure[]): Promise<number>

  /** How many events a group has not yet behind it. */
  lag(group: ConsumerGroup): Promise<number>

  /** Whether anybody consumes in a group now, in whichever process. */
  hasConsumers(group: ConsumerGroup): Promise<boolean>

  identity(): Promise<LogIdentity>

  /** Ends appends and consumers and releases the files or sockets. */
  close(): Promise<void>
}
