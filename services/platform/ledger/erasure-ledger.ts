/**
 * The port of the ledger of erasures: which accounts were erased and when, kept apart from the store and from the backups,
 * so that a restored backup erases again what was erased after it was made.
 * @module
 */

export interface LedgerEntry {
  /** Owner key. */
  readonly owner: string
  /** Keyed hash of the erasure's receipt: tells two erasures of one account apart. */
  readonly receiptHash: string
  /** When the erasure was asked for (the event's `at`), Unix milliseconds. */
  readonly atMs: number
  /** The account was blocked with it. */
  readonly block?: 'under-age'
}

export interface ErasureLedger {
  /**
   * Adds erasures that it does not hold yet, by their receipt hash; resolves when they survive a crash of the machine.
   * Rejects with `ledger-unavailable`: appending again is safe.
   */
  append(entries: readonly LedgerEntry[]): Promise<void>
  /** Makes it where there is none, so that one that was lost can be told from one of no erasure. A topic is only checked. */
  create(): Promise<void>
  /** All erasures, in the order in which they came; none where there is no ledger. Rejects with `ledger-unavailable`. */
  read(): Promise<readonly LedgerEntry[]>
  /**
   * Takes out the erasures of before a time, Unix milliseconds, and resolves with their number. An erasure has to stay
   * until no backup from before it can be restored. Rejects with `ledger-unavailable`.
   */
  trim(beforeMs: number): Promise<number>
}
