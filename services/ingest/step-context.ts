/**
 * What the steps of a batch work with, and what they hand to each other.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type {
  AccountBlock,
  AccountErased,
  ProfileChange,
  SessionChoices,
  SessionDelete,
  SessionPut,
} from '#schemas/events/account-event.ts'
import type { IngestState, KnownSession } from './ingest-state.ts'
import type { RowsToWrite } from './rows-to-write.ts'

export interface StepContext {
  readonly state: IngestState
  readonly rows: RowsToWrite
  readonly pseudonyms: Pseudonyms
  /** Stored sessions whose contributions a choice changes: derived when the rows of the batch are stored. */
  readonly toDerive: DerivedLater[]
}

export interface DerivedLater {
  readonly known: KnownSession
  /** Version of the choice. */
  readonly version: bigint
  /** Unix milliseconds. */
  readonly changedAtMs: number
}

/** An event with the session that it is about, as it is known before it. */
export type FoundEvent = { readonly version: bigint } & (
  | { readonly type: 'session-put'; readonly event: SessionPut; readonly known: KnownSession | undefined }
  | { readonly type: 'session-choices'; readonly event: SessionChoices; readonly known: KnownSession }
  | { readonly type: 'session-delete'; readonly event: SessionDelete; readonly known: KnownSession }
  | { readonly type: 'profile-change'; readonly event: ProfileChange }
  | { readonly type: 'account-erased'; readonly event: AccountErased }
  | { readonly type: 'account-block'; readonly event: AccountBlock }
)
