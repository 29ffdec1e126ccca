/**
 * The profile as members: a change sets some of them, each a row of its own, so that setting one loses no other.
 * @module
 */
import type { Profile, ProfilePatch } from '#schemas/records/profile.ts'

/** Every member, with its value where it was never set. */
export const profileDefaults = {
  displayName: null,
  'location.country': null,
  'location.subdivision': null,
  'location.city': null,
  genrePreferences: [],
  'choices.charts': false,
  'choices.statistics': true,
  'choices.usage': true,
} as const satisfies Record<string, unknown>

export type ProfileMember = keyof typeof profileDefaults

/** Members that were set, as JSON values; a member that is absent has its default. */
export type ProfileMembers = Partial<Record<ProfileMember, unknown>>

/** The profile that the members make. */
export function toProfile(members: ProfileMembers): Profile {
  const values = { ...profileDefaults, ...members }
  // The values come from requests that were checked against ProfilePatch, so their types are those of the profile.
  return {
    displayName: values.displayName,
    location: {
      country: values['location.country'],
      subdivision: values['location.subdivision'],
      city: values['location.city'],
    },
    genrePreferences: values.genrePreferences,
    choices: {
      charts: values['choices.charts'],
      statistics: values['choices.statistics'],
      usage: values['choices.usage'],
    },
  } as Profile
}

/** The members that a merge patch sets; `null` takes one back to its default (RFC 7396). */
export function membersOfPatch(patch: Omit<ProfilePatch, 'birthDate'>): Map<ProfileMember, unknown> {
  const set = new Map<ProfileMember, unknown>()
  for (const name of ['displayName', 'genrePreferences'] as const) {
    if (patch[name] !== undefined) set.set(name, patch[name])
  }
  for (const group of ['location', 'choices'] as const) {
    const part: Record<string, unknown> | null | undefined = patch[group]
    if (part === undefined) continue
    for (const member of membersOfGroup(group)) {
      const value = part === null ? null : part[member.slice(group.length + 1)]
      if (value !== undefined) set.set(member, value)
    }
  }
  return set
}

/** The members after a patch. */
export function withPatch(members: ProfileMembers, patch: Omit<ProfilePatch, 'birthDate'>): ProfileMembers {
  const changed = { ...members }
  for (const [member, value] of membersOfPatch(patch)) {
    if (value === null) delete changed[member]
    else changed[member] = value
  }
  return changed
}

function membersOfGroup(group: 'location' | 'choices'): ProfileMember[] {
  // The keys of the constant above are exactly the members.
  return (Object.keys(profileDefaults) as ProfileMember[]).filter((member) => member.startsWith(`${group}.`))
}
