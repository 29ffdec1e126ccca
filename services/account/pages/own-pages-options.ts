/**
 * What the DJ's own pages are made of.
 * @module
 */
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { PageAccess } from './sign-in/page-access.ts'

export interface OwnPagesOptions {
  readonly access: PageAccess
  readonly log: EventLog
  readonly store: StoreConnection
  /** What exports read through; `store` by default. */
  readonly exportsStore?: StoreConnection
  readonly pseudonyms: Pseudonyms
  readonly ledger: Pick<ErasureLedger, 'append'>
  /** Unix milliseconds. */
  readonly clock: () => number
  /** How long the answer to a form waits until the store shows it; 1 s by default. */
  readonly waitMsMax?: number
}

/** What the routes of the pages are made of. */
export type OwnPagesDependencies = Required<Omit<OwnPagesOptions, 'access'>>
