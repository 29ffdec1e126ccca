/**
 * The account was erased: what says so is written first; {@link eraseOwnerRows} then deletes its rows.
 * @module
 */
import type { AccountErased } from '#schemas/events/account-event.ts'
import { putAccountState } from './account-state-row.ts'
import type { StepContext } from './step-context.ts'

export function settleAccountErased(event: AccountErased, version: bigint, context: StepContext): void {
  const { rows, pseudonyms } = context
  const { owner, at, receiptHash } = event
  putAccountState(context, owner, 'tombstone', null, { version, atMs: at })
  putAccountState(context, owner, 'closed', 'account-erased', { version, atMs: at })
  const acceptedAt = new Date(at).toISOString()
  const erasure = { receipt_hash: receiptHash, step: 1, owner, version: version.toString(), accepted_at: acceptedAt }
  rows.put('playlists.erasures', receiptHash, JSON.stringify(erasure))
  const tombstone = {
    contributor: pseudonyms.contributor(owner),
    key_version: pseudonyms.keyVersion,
    version: version.toString(),
    at: acceptedAt,
  }
  rows.put('charts.tombstones', owner, JSON.stringify(tombstone))
}
