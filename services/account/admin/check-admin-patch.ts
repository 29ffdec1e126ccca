/**
 * What an admin may change of a profile on a written request: correct it, withdraw consent, object. Consent, and taking an
 * objection back, are the DJ's own word: nobody gives them in another's name (PRIVACY 2, 6 and 7).
 * @module
 */
import { profileDefaults } from '#rules/profile.ts'
import type { Profile } from '#schemas/records/profile.ts'
import type { FieldError } from '#schemas/records/session.ts'
import type { KeptPatch } from '../check-profile-patch.ts'

/** The choices that a patch would make wider than they are. */
export function widenedChoices({ choices }: KeptPatch, before: Profile['choices']): FieldError[] {
  if (choices === undefined) return []
  const errors: FieldError[] = []
  if (choices?.charts === true) {
    const message = "must be the DJ's own word: on a written request consent can be withdrawn, and not given"
    errors.push({ path: '/choices/charts', message })
  }
  for (const name of ['statistics', 'usage'] as const) {
    const wanted = choices === null ? null : choices[name]
    if (wanted === undefined || before[name] || !(wanted ?? profileDefaults[`choices.${name}`])) continue
    const message = "must be the DJ's own word: on a written request an objection can be made, and not taken back"
    errors.push({ path: `/choices/${name}`, message })
  }
  return errors
}
