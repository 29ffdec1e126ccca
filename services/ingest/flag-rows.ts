/**
 * Writes a choice that a DJ made for a session.
 * @module
 */
import type { SessionFlag } from '#platform/store/owner-rows.ts'
import { setFlag } from './ingest-state.ts'
import type { StepContext } from './step-context.ts'

/** Sets the flag, unless a newer event has set it. Answers whether it did. */
export function putFlag(
  { state, rows }: StepContext,
  owner: string,
  key: string,
  flag: SessionFlag,
  value: unknown,
  version: bigint,
): boolean {
  if (!setFlag(state, key, flag, value, version)) return false
  const line = {
    owner,
    session_key: key,
    flag,
    value: value === null ? null : JSON.stringify(value),
    version: String(version),
  }
  rows.put('playlists.session_choices', `${key} ${flag}`, JSON.stringify(line))
  return true
}
