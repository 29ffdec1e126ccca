/**
 * The one kind of error that Tonearm throws: what a broken dependency or a misuse does, from one catalogue.
 *
 * What bad data does is a value, never one of these.
 * @module
 */

/** Every code, with what it means and whether trying again may help. `docs/errors.md` is held against it. */
export const errorCatalogue = {
  'log-unavailable': { retryable: true, meaning: 'The event log did not confirm the write.' },
  'store-unavailable': { retryable: true, meaning: 'The store did not answer, or ran out of disk or memory.' },
  'ledger-unavailable': { retryable: true, meaning: 'The ledger of erasures could not be written or read.' },
  'identity-provider-unavailable': { retryable: true, meaning: 'The keys of the identity provider cannot be had.' },
  'store-refused': { retryable: false, meaning: 'The store refused a statement: a defect, or a missing right.' },
  'row-refused': { retryable: false, meaning: 'The store could not read a value of a row.' },
  'store-newer': { retryable: false, meaning: 'The store was migrated by a newer version of Tonearm.' },
  'other-log': { retryable: false, meaning: 'The store was filled from another event log.' },
  'config-invalid': { retryable: false, meaning: 'A setting is unknown or unusable.' },
  'partition-lost': { retryable: false, meaning: 'A partition of the event log is another process’s now.' },
  'lease-lost': { retryable: true, meaning: 'Another process has taken the lease of a job.' },
  busy: { retryable: true, meaning: 'The service does this already; one at a time.' },
  'command-failed': { retryable: false, meaning: 'The running service did not do what a command asked it for.' },
  'key-mismatch': { retryable: false, meaning: 'The master key is not the one that this data was made with.' },
  'backup-refused': { retryable: false, meaning: 'A backup cannot be made, or not be restored, in this way.' },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>

export type ErrorCode = keyof typeof errorCatalogue

export class TonearmError extends Error {
  readonly code: ErrorCode
  readonly retryable: boolean

  /** @param detail what happened, without personal data: it goes to the log. */
  constructor(code: ErrorCode, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause })
    this.name = 'TonearmError'
    this.code = code
    this.retryable = errorCatalogue[code].retryable
  }
}
