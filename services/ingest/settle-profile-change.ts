/**
 * The DJ changed the profile or a choice: a row a member, the history of choices, and what the chart builder may know.
 *
 * What follows for sessions that are already stored is {@link rederiveOwner}'s.
 * @module
 */

import { genreSlug, withAncestors } from '#rules/genres/genres-of-tag.ts'
import { membersOfPatch, profileDefaults, toProfile } from '#rules/profile.ts'
import { countryOfSubdivision } from '#rules/regions.ts'
import type { ProfileChange } from '#schemas/events/account-event.ts'
import { putAccountState } from './account-state-row.ts'
import { profileMembers, setNewer } from './ingest-state.ts'
import type { StepContext } from './step-context.ts'

export function settleProfileChange(event: ProfileChange, version: bigint, context: StepContext): void {
  const { state, rows, pseudonyms } = context
  const { owner, patch } = event
  if ((state.accounts.get(owner)?.get('closed')?.value ?? null) !== null) {
    putAccountState(context, owner, 'closed', null, { version, atMs: event.at })
  }
  const members = state.members.get(owner) ?? new Map()
  state.members.set(owner, members)
  for (const [member, value] of membersOfPatch(patch)) {
    if (setNewer(members, member, value, version)) {
      const line = { owner, member, value: value === null ? null : JSON.stringify(value), version: version.toString() }
      rows.put('playlists.profile_members', `${owner} ${member}`, JSON.stringify(line))
    }
    if (member.startsWith('choices.')) {
      const choice = member.slice('choices.'.length)
      const line = {
        owner,
        choice,
        version: version.toString(),
        // `null` takes a choice back to its default, which is a choice too.
        value: value ?? profileDefaults[member],
        chosen_at: new Date(event.at).toISOString(),
        consent_text: patch.consentText ?? null,
      }
      rows.put('playlists.choice_history', `${owner} ${choice} ${version}`, JSON.stringify(line))
    }
  }

  const { location, genrePreferences, choices } = toProfile(profileMembers(state, owner))
  const country = location.country ?? ''
  const subdivision = location.subdivision ?? ''
  const line = {
    contributor: pseudonyms.contributor(owner),
    key_version: pseudonyms.keyVersion,
    consents: Number(choices.charts),
    statistics: Number(choices.statistics),
    usage: Number(choices.usage),
    country,
    // Country and subdivision are set one by one; a subdivision of another country is none.
    subdivision: countryOfSubdivision(subdivision) === country ? subdivision : '',
    scenes: withAncestors(genrePreferences.flatMap((genre) => genreSlug(genre) ?? [])),
    version: version.toString(),
  }
  rows.put('charts.contributors', owner, JSON.stringify(line))
}
