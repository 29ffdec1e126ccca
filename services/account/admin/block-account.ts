/**
 * Blocks an account, or lifts its block.
 * @module
 */
import type { EventLog } from '#platform/event-log/event-log.ts'
import { readAccountStates } from '#platform/store/account-states.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { ACCOUNT_EVENT_VERSION, type AccountBlock } from '#schemas/events/account-event.ts'
import type { AccountBlocked } from '#schemas/records/admin.ts'

export interface BlockDependencies {
  readonly log: EventLog
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Id of the request; it stands in what is appended, and then in the log line of ingest. */
  readonly trace: string
}

/** Uploads are refused from then on, within seconds. A block of who is too young stays what it is: it forbids more. */
export async function blockAccount(owner: string, dependencies: BlockDependencies): Promise<AccountBlocked> {
  const states = (await readAccountStates(dependencies.store, [owner])).get(owner)
  if (states?.get('blocked')?.value === 'under-age') return { block: 'under-age' }
  return await appendBlock(owner, 'account-blocked', dependencies)
}

/** Lifts a block of either kind. */
export function liftBlock(owner: string, dependencies: BlockDependencies): Promise<AccountBlocked> {
  return appendBlock(owner, null, dependencies)
}

async function appendBlock(
  owner: string,
  block: AccountBlock['block'],
  { log, clock, trace }: BlockDependencies,
): Promise<AccountBlocked> {
  const event: AccountBlock = { v: ACCOUNT_EVENT_VERSION, trace, type: 'account-block', owner, at: clock(), block }
  await log.append([{ owner, payload: Buffer.from(JSON.stringify(event)) }])
  return { block }
}
