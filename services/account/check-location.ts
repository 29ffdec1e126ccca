/**
 * Whether a country and a subdivision go together (ISO 3166-1 and 3166-2). Nothing is inferred: a subdivision alone does
 * not set its country, for what the DJ has not said is not kept.
 * @module
 */
import { countryHint, subdivisionHint } from '#rules/region-hints.ts'
import { countryOfSubdivision, isCountry, isSubdivision, subdivisionsOf } from '#rules/regions.ts'
import type { Profile } from '#schemas/records/profile.ts'
import type { FieldError } from '#schemas/records/session.ts'

const COUNTRY = '/location/country'
const SUBDIVISION = '/location/subdivision'

/** How many codes an error names as examples. */
const EXAMPLES_MAX = 5

/** What is wrong with a location, as it would be after a change; empty where nothing is. Values are never repeated. */
export function locationErrors({ country, subdivision }: Profile['location']): FieldError[] {
  if (country !== null && !isCountry(country)) {
    return [{ path: COUNTRY, message: `must be a code of ISO 3166-1 alpha-2. ${rightCountry(country)}` }]
  }
  if (subdivision === null) return []
  if (!isSubdivision(subdivision)) {
    return [{ path: SUBDIVISION, message: `must be a code of ISO 3166-2. ${rightSubdivision(subdivision, country)}` }]
  }
  if (country === null) {
    const message =
      'must be set too, to the country that the subdivision lies in: the two letters before its hyphen. Or set the subdivision to null'
    return [{ path: COUNTRY, message }]
  }
  if (countryOfSubdivision(subdivision) !== country) {
    const other = countryOfSubdivision(subdivision)
    const message = `must lie in the country of ${COUNTRY}, or be null, or that be ${other}. ${examples(country)}`
    return [{ path: SUBDIVISION, message }]
  }
  return []
}

/** What would be right in place of what is no country's code, as a sentence. */
export function rightCountry(code: string): string {
  const hint = countryHint(code)
  if (hint === undefined) return 'Codes look like NZ, US or DE'
  const { codes, was } = hint
  const [first = '', ...others] = codes
  if (was === undefined) return `The code that is likely meant is ${first}`
  if (codes.length === 0) return `That one is reserved for ${was}, and no country's. Codes look like NZ, US or DE`
  return `That one was of ${was}; today it is ${others.length > 0 ? `one of ${codes.join(', ')}` : first}`
}

/** What would be right in place of what is no subdivision's code, as a sentence. */
export function rightSubdivision(code: string, country: string | null): string {
  const hint = subdivisionHint(code, country)
  if (hint === undefined) return examples(country)
  return hint.wasRetired
    ? `That one is retired; today it is ${hint.code}`
    : `The code that is likely meant is ${hint.code}`
}

function examples(country: string | null): string {
  if (country === null) return 'Codes look like NZ-AUK, US-CA or DE-BE'
  const codes = subdivisionsOf(country)
  if (codes.length === 0) return 'That country has none'
  const more = codes.length > EXAMPLES_MAX ? ` and ${codes.length - EXAMPLES_MAX} more` : ''
  return `That country has ${codes.slice(0, EXAMPLES_MAX).join(', ')}${more}`
}
