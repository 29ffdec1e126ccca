/**
 * Whether a country and a subdivision go together (ISO 3166-1 and 3166-2). Nothing is inferred: a subdivision alone does
 * not set its country, for what the DJ has not said is not kept.
 * @module
 */
import { countryLikelyMeant, countryOfSubdivision, isCountry, isSubdivision, subdivisionsOf } from '#rules/regions.ts'
import type { Profile } from '#schemas/records/profile.ts'
import type { FieldError } from '#schemas/records/session.ts'

const COUNTRY = '/location/country'
const SUBDIVISION = '/location/subdivision'

/** How many codes an error names as examples. */
const EXAMPLES_MAX = 5

/** What is wrong with a location, as it would be after a change; empty where nothing is. Values are never repeated. */
export function locationErrors({ country, subdivision }: Profile['location']): FieldError[] {
  if (country !== null && !isCountry(country)) {
    const meant = countryLikelyMeant(country)
    const hint = meant === undefined ? 'Codes look like NZ, US or DE' : `The code that is likely meant is ${meant}`
    return [{ path: COUNTRY, message: `must be a code of ISO 3166-1 alpha-2. ${hint}` }]
  }
  if (subdivision === null) return []
  if (!isSubdivision(subdivision)) {
    return [{ path: SUBDIVISION, message: `must be a code of ISO 3166-2. ${examples(country)}` }]
  }
  if (country === null) {
    const message =
      'must be set too, to the country that the subdivision lies in: the two letters before its hyphen. Or set the subdivision to null'
    return [{ path: COUNTRY, message }]
  }
  if (countryOfSubdivision(subdivision) !== country) {
    const message = `must lie in the country of ${COUNTRY}, or be null. ${examples(country)}`
    return [{ path: SUBDIVISION, message }]
  }
  return []
}

function examples(country: string | null): string {
  if (country === null) return 'Codes look like NZ-AUK, US-CA or DE-BE'
  const codes = subdivisionsOf(country)
  if (codes.length === 0) return 'That country has none'
  const more = codes.length > EXAMPLES_MAX ? ` and ${codes.length - EXAMPLES_MAX} more` : ''
  return `That country has ${codes.slice(0, EXAMPLES_MAX).join(', ')}${more}`
}
