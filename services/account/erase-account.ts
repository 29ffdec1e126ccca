/**
 * Erases an account: one event in the log, after which nothing of it that came before is kept.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import { ACCOUNT_EVENT_VERSION, type AccountBlock, type AccountErased } from '#schemas/events/account-event.ts'

export interface ErasureDependencies {
  readonly log: EventLog
  readonly pseudonyms: Pseudonyms
  /** Holds the erasure against backups that are restored later, before it is confirmed. */
  readonly ledger: Pick<ErasureLedger, 'append'>
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Id of the request; it stands in what is appended, and then in the log line of ingest. */
  readonly trace: string
}

/** What the asker gets: the receipt is the secret by which the status can be read. */
export interface ErasureReceipt {
  readonly receipt: string
  /** Path of its status. */
  readonly status: string
}

/** Resolves when the erasure, and the block where one is given, are durable. Rejects as {@link EventLog.append} and
 * {@link ErasureLedger.append}: asking again is safe. */
export async function eraseAccount(
  owner: string,
  { log, pseudonyms, ledger, clock, trace }: ErasureDependencies,
  block?: AccountBlock['block'],
): Promise<ErasureReceipt> {
  const at = clock()
  const receipt = pseudonyms.issueReceipt(at, randomBytes(16))
  const envelope = { v: ACCOUNT_EVENT_VERSION, trace, owner, at } as const
  const receiptHash = pseudonyms.receiptHash(receipt)
  const erased: AccountErased = { ...envelope, type: 'account-erased', receiptHash }
  const blocked: AccountBlock[] = block === undefined ? [] : [{ ...envelope, type: 'account-block', block }]
  await log.append([erased, ...blocked].map((event) => ({ owner, payload: Buffer.from(JSON.stringify(event)) })))
  // Without it a machine that is lost the next moment would be restored with the account in it.
  const blockedToo = block === 'under-age' ? { block } : {}
  await ledger.append([{ owner, receiptHash, atMs: at, ...blockedToo }])
  return { receipt, status: `/v1/erasures/${receipt}` }
}
