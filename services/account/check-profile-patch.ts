/**
 * Checks the body of `PATCH /v1/me/profile` as far as it can be checked alone, and brings it into the form that is kept.
 * @module
 */
import { Compile } from 'typebox/compile'
import { Pointer } from 'typebox/value'
import { genreSlug } from '#rules/genres/genres-of-tag.ts'
import type { ProfileChange } from '#schemas/events/account-event.ts'
import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import { ProfilePatch } from '#schemas/records/profile.ts'
import type { FieldError } from '#schemas/records/session.ts'
import { rightCountry, rightSubdivision } from './check-location.ts'
import { isUnderAge } from './is-under-age.ts'

/** A patch as it is kept: without the birth date, which is checked and thrown away. */
export type KeptPatch = ProfileChange['patch']

export type CheckedPatch =
  | { readonly kind: 'ok'; readonly patch: KeptPatch }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'under-age' }

/** The longest name of a country is shorter; what is longer is no code in another form. */
const CODE_LENGTH_MAX = 100

const validator = Compile(ProfilePatch)

/** What is right at each place, in words: those of a schema with `null` beside everything help nobody. */
const expectations: readonly [RegExp, string][] = [
  [/^$/, 'must be an object with the members that change'],
  [/^\/location$/, 'must be an object with country, subdivision and city, or null'],
  [/^\/location\/country$/, 'must be a code of ISO 3166-1 alpha-2, in capitals, such as NZ, or null'],
  [/^\/location\/subdivision$/, 'must be a code of ISO 3166-2, in capitals, such as NZ-AUK, or null'],
  [/^\/(displayName|location\/city)$/, `must be a text of at most ${TEXT_LENGTH_MAX} characters, or null`],
  [/^\/genrePreferences$/, 'must be a list of at most 20 genres, or null'],
  [/^\/genrePreferences\//, 'must be a text of 1 to 100 characters'],
  [/^\/choices$/, 'must be an object with charts, statistics and usage, or null'],
  [/^\/choices\//, 'must be true, false or null'],
  [/^\/consentText$/, 'must be a text of at most 200 characters'],
  [/^\/birthDate$/, 'must be a date such as 1990-05-17'],
]

/** @param nowMs Unix milliseconds. */
export function checkProfilePatch(body: unknown, nowMs: number): CheckedPatch {
  if (!validator.Check(body)) return { kind: 'invalid', errors: schemaErrors(body) }
  const { birthDate } = body
  if (birthDate !== undefined && Date.parse(birthDate) > nowMs) {
    return { kind: 'invalid', errors: [{ path: '/birthDate', message: 'must lie in the past' }] }
  }
  if (birthDate !== undefined && isUnderAge(birthDate, nowMs)) return { kind: 'under-age' }
  const errors = textErrors(body)
  return errors.length > 0 ? { kind: 'invalid', errors } : { kind: 'ok', patch: keptPatch(body) }
}

function schemaErrors(body: unknown): FieldError[] {
  const paths = [...new Set(validator.Errors(body).map(({ instancePath }) => instancePath))]
  // Where "this or null" fails inside "this", the outer place fails too; only the inner one is worth telling.
  const innermost = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
  return innermost.map((path) => ({
    path,
    message: (expectations.find(([pattern]) => pattern.test(path))?.[1] ?? 'is not valid') + rightCode(path, body),
  }))
}

/** A code in another form, such as `nz` or `NZL`, is told the right one. */
function rightCode(path: string, body: unknown): string {
  const isCode = path === '/location/country' || path === '/location/subdivision'
  const value = isCode ? Pointer.Get(body, path) : undefined
  if (typeof value !== 'string' || value.length > CODE_LENGTH_MAX) return ''
  const country = Pointer.Get(body, '/location/country')
  const right =
    path === '/location/country'
      ? rightCountry(value)
      : rightSubdivision(value, typeof country === 'string' ? country : null)
  return `. ${right}`
}

function textErrors({ displayName, location, genrePreferences, consentText }: ProfilePatch): FieldError[] {
  const texts = { '/displayName': displayName, '/location/city': location?.city, '/consentText': consentText }
  const unusable = Object.entries(texts).filter(([, text]) => typeof text === 'string' && /[\p{Cc}\p{Cs}]/u.test(text))
  const noGenres = (genrePreferences ?? []).flatMap((genre, index) => (genreSlug(genre) === undefined ? [index] : []))
  return [
    ...unusable.map(([path]) => ({ path, message: 'must hold no control characters and no broken ones' })),
    ...noGenres.map((index) => ({
      path: `/genrePreferences/${index}`,
      message: 'must hold letters or digits, such as deep-house',
    })),
  ]
}

/** Only the members that are named here are kept: the schema lets others pass. */
function keptPatch({ displayName, location, genrePreferences, choices, consentText }: ProfilePatch): KeptPatch {
  return {
    ...(displayName === undefined ? {} : { displayName: trimmed(displayName) }),
    ...(location === undefined ? {} : { location: location && keptLocation(location) }),
    ...(genrePreferences === undefined ? {} : { genrePreferences: genrePreferences && slugs(genrePreferences) }),
    ...(choices === undefined ? {} : { choices: choices && keptChoices(choices) }),
    ...(consentText === undefined ? {} : { consentText }),
  }
}

function keptLocation({ country, subdivision, city }: NonNullable<ProfilePatch['location']>) {
  return {
    ...(country === undefined ? {} : { country }),
    ...(subdivision === undefined ? {} : { subdivision }),
    ...(city === undefined ? {} : { city: trimmed(city) }),
  }
}

function keptChoices({ charts, statistics, usage }: NonNullable<ProfilePatch['choices']>) {
  return {
    ...(charts === undefined ? {} : { charts }),
    ...(statistics === undefined ? {} : { statistics }),
    ...(usage === undefined ? {} : { usage }),
  }
}

/** Genres are kept as slugs, for the charts of scenes are found by them. */
function slugs(genres: readonly string[]): string[] {
  return [...new Set(genres.flatMap((genre) => genreSlug(genre) ?? []))]
}

/** An empty text takes the value back, as `null` does. */
function trimmed(text: string | null): string | null {
  return text?.trim() || null
}
