/**
 * Changes a profile: the change goes into the event log, and the answer waits until the store shows it, so that DJs read
 * what they wrote.
 * @module
 */
import { HttpProblem } from '#platform/http/problem.ts'
import { closedReason, readAccountStates } from '#platform/store/account-states.ts'
import { memberValues, readProfileMembers, type Versioned } from '#platform/store/owner-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { membersOfPatch, toProfile, withPatch } from '#rules/profile.ts'
import { ACCOUNT_EVENT_VERSION, type ProfileChange } from '#schemas/events/account-event.ts'
import type { Profile } from '#schemas/records/profile.ts'
import { widenedChoices } from './admin/check-admin-patch.ts'
import { locationErrors } from './check-location.ts'
import { checkProfilePatch } from './check-profile-patch.ts'
import { type ErasureDependencies, eraseAccount } from './erase-account.ts'
import { waitUntilShown } from './wait-until-shown.ts'

export interface ProfileDependencies extends ErasureDependencies {
  readonly store: StoreConnection
  /** How long an answer waits for the store, about. */
  readonly waitMsMax: number
  /** Where an admin changes it, on a written request; the DJ else. */
  readonly by?: 'admin'
}

type Members = ReadonlyMap<string, Versioned>

export async function readProfile(store: StoreConnection, owner: string): Promise<Profile> {
  return toProfile(memberValues(await readMembers(store, owner)))
}

/**
 * Applies a merge patch and resolves with the whole profile. Throws the problem `invalid-profile`, when nothing was
 * changed, and `under-age`, when the account's data is being erased; to an admin also `account-erased`.
 */
export async function changeProfile(owner: string, body: unknown, dependencies: ProfileDependencies): Promise<Profile> {
  const { log, store, clock, trace, by } = dependencies
  const at = clock()
  const checked = checkProfilePatch(body, at)
  const states = (await readAccountStates(store, [owner])).get(owner)
  const closed = closedReason(states)
  if (closed === 'under-age') throw new HttpProblem('under-age')
  // An account begins anew only by its own word.
  if (by === 'admin' && (states?.get('closed')?.value ?? null) !== null) throw new HttpProblem('account-erased')
  if (checked.kind === 'under-age') {
    await eraseAccount(owner, dependencies, 'under-age')
    throw new HttpProblem('under-age')
  }
  if (checked.kind === 'invalid') throw new HttpProblem('invalid-profile', { errors: [...checked.errors] })

  const { patch } = checked
  const before = await readMembers(store, owner)
  const merged = toProfile(withPatch(memberValues(before), patch))
  const widened = by === 'admin' ? widenedChoices(patch, toProfile(memberValues(before)).choices) : []
  if (widened.length > 0) throw new HttpProblem('invalid-profile', { errors: widened })
  // Country and subdivision may come in two patches, so what counts is what they are together.
  const errors = patch.location === undefined ? [] : locationErrors(merged.location)
  if (errors.length > 0) throw new HttpProblem('invalid-profile', { errors })
  const wanted = membersOfPatch(patch)
  // A patch without a change is a word of the account's own, too: it begins a closed one anew.
  if (wanted.size === 0 && (states?.get('closed')?.value ?? null) === null) return merged

  const event: ProfileChange = {
    v: ACCOUNT_EVENT_VERSION,
    trace,
    type: 'profile-change',
    owner,
    at,
    patch,
    ...(by === undefined ? {} : { by }),
  }
  await log.append([{ owner, payload: Buffer.from(JSON.stringify(event)) }])
  const after = await readShown(owner, wanted, before, dependencies)
  // It is durable in any case; where ingest is behind, the answer is what the profile will be.
  return after === undefined ? merged : toProfile(memberValues(after))
}

async function readShown(
  owner: string,
  wanted: ReadonlyMap<string, unknown>,
  before: Members,
  { store, waitMsMax }: ProfileDependencies,
): Promise<Members | undefined> {
  let members = before
  const shown = await waitUntilShown(async () => {
    members = await readMembers(store, owner)
    return isShown(members, wanted, before)
  }, waitMsMax)
  return shown ? members : undefined
}

/** Each member has the value that was set, and a row newer than the one before: the value alone may be the old one. */
function isShown(members: Members, wanted: ReadonlyMap<string, unknown>, before: Members): boolean {
  return [...wanted].every(([member, value]) => {
    const shown = members.get(member)
    if (shown === undefined || JSON.stringify(shown.value) !== JSON.stringify(value)) return false
    return BigInt(shown.version) > BigInt(before.get(member)?.version ?? -1)
  })
}

async function readMembers(store: StoreConnection, owner: string): Promise<Members> {
  return (await readProfileMembers(store, [owner])).get(owner) ?? new Map()
}
