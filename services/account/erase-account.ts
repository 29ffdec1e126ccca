/**
 * Erases an account: one event in the log, after which nothing of it that came before is kept.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { ACCOUNT_EVENT_VERSION, type AccountBlock, type AccountErased } from '#schemas/events/account-event.ts'

export interface ErasureDependencies {
  readonly log: EventLog
  readonly pseudonyms: Pseudonyms
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** What the asker gets: the receipt is the secret by which the status can be read. */
export interface ErasureReceipt {
  readonly receipt: string
  /** Path of its status. */
  readonly status: string
}

/** Resolves when the erasure, and the block where one is given, are durable. Rejects as {@link EventLog.append}. */
export async function eraseAccount(
  owner: string,
  { log, pseudonyms, clock }: ErasureDependencies,
  block?: AccountBlock['block'],
): Promise<ErasureReceipt> {
  const at = clock()
  const receipt = pseudonyms.issueReceipt(at, randomBytes(16))
  const envelope = { v: ACCOUNT_EVENT_VERSION, owner, at } as const
  const erased: AccountErased = {
    ...envelope,
    type: 'account-erased',
    receiptHash: pseudonyms.receiptHash(receipt),
  }
  const blocked: AccountBlock[] = block === undefined ? [] : [{ ...envelope, type: 'account-block', block }]
  await log.append([erased, ...blocked].map((event) => ({ owner, payload: Buffer.from(JSON.stringify(event)) })))
  return { receipt, status: `/v1/erasures/${receipt}` }
}
