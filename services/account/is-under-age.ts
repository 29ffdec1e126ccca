/** Nobody younger has an account (PRIVACY 12). */
const AGE_YEARS_MIN = 16

/**
 * Whether somebody born on a date (`2010-02-28`) is under 16 at an instant, by the date in UTC. Who was
 * born on 29 February comes of age on 1 March of a year without that day.
 *
 * @param nowMs Unix milliseconds.
 */
export function isUnderAge(birthDate: string, nowMs: number): boolean {
  const birth = new Date(birthDate)
  const ofAgeMs = Date.UTC(birth.getUTCFullYear() + AGE_YEARS_MIN, birth.getUTCMonth(), birth.getUTCDate())
  return nowMs < ofAgeMs
}
