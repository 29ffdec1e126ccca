/** The number of an option; `undefined` where it is not given. @throws Error, one line that names the option. */
export function readWholeNumber(option: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d{1,9}$/.test(text) || value < 1 || value > max) {
    throw new Error(`${option}: must be a whole number from 1 to ${max}`)
  }
  return value
}
