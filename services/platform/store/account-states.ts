/**
 * What holds for whole accounts: which were erased, which are closed until their DJ begins anew, which are blocked.
 * @module
 */
import type { Versioned } from './owner-rows.ts'
import type { StoreConnection } from './store.ts'

/** Problem codes that uploads of an account are refused with. */
export type ClosedReason = 'account-erased' | 'under-age' | 'account-blocked'

type StateName = 'tombstone' | 'closed' | 'blocked'

/** The states of an account; one that was never said anything of is absent. The value of `tombstone` means nothing. */
export type AccountStates = Map<StateName, Versioned>

interface StateRow {
  owner: string
  state: StateName
  value: string | null
  version: string
}

/** Reads the states of accounts, by owner. */
export async function readAccountStates(
  connection: StoreConnection,
  owners: readonly string[],
): Promise<Map<string, AccountStates>> {
  const rows = await connection.rows<StateRow>(
    `SELECT owner, state, value, version FROM playlists.account_states FINAL WHERE owner IN {owners:Array(String)}`,
    { owners },
  )
  const byOwner = new Map<string, AccountStates>()
  for (const { owner, state, value, version } of rows) {
    const states = byOwner.get(owner) ?? new Map()
    byOwner.set(owner, states.set(state, { value, version }))
  }
  return byOwner
}

/** Why uploads of an account are refused; a block, which only an admin lifts, goes before what its DJ may end. */
export function closedReason(states: AccountStates | undefined): ClosedReason | undefined {
  // The column holds nothing but these codes.
  return (states?.get('blocked')?.value ?? states?.get('closed')?.value ?? undefined) as ClosedReason | undefined
}

/** All accounts whose uploads are refused, with why. */
export async function readClosedAccounts(connection: StoreConnection): Promise<Map<string, ClosedReason>> {
  const rows = await connection.rows<{ owner: string; value: ClosedReason }>(
    `SELECT owner, argMax(value, state) AS value
     FROM (SELECT owner, state, value FROM playlists.account_states FINAL WHERE state != 'tombstone' AND value IS NOT NULL)
     GROUP BY owner`,
  )
  return new Map(rows.map(({ owner, value }) => [owner, value]))
}
