/**
 * Writes what holds for a whole account.
 * @module
 */
import type { AccountStates } from '#platform/store/account-states.ts'
import { setNewer } from './ingest-state.ts'
import type { StepContext } from './step-context.ts'

/** Sets a state of an account, unless a newer event has set it. */
export function putAccountState(
  { state, rows }: StepContext,
  owner: string,
  name: AccountStates extends Map<infer Name, unknown> ? Name : never,
  value: string | null,
  { version, atMs }: { readonly version: bigint; readonly atMs: number },
): void {
  const states: AccountStates = state.accounts.get(owner) ?? new Map()
  state.accounts.set(owner, states)
  if (!setNewer(states, name, value, version)) return
  const line = { owner, state: name, value, version: version.toString(), at: new Date(atMs).toISOString() }
  rows.put('playlists.account_states', `${owner} ${name}`, JSON.stringify(line))
}
