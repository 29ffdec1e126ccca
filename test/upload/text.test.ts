import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isUsableText, mayHoldUnusableText } from '../../services/upload/text.ts'

/** Units that make every kind of neighbourhood: NUL, halves, backslashes, and what an escape is written with. */
const unit = fc.constantFrom('\0', '\ud83c', '\udfa7', '\udfff', '\udbff', '\\', 'u', '0', 'd', 'a', 'é')
const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''))

/** The text as JSON with every unit beyond ASCII escaped, as many programs write it. */
function escapedJson(value: string, upperCase: boolean): string {
  const escaped = (one: string) => {
    const hex = one.charCodeAt(0).toString(16).padStart(4, '0')
    return `\\u${upperCase ? hex.toUpperCase() : hex}`
  }
  const units = Array.from({ length: value.length }, (_, at) => value.charAt(at))
  return `"${units.map((one) => (/[ -~]/.test(one) ? one.replace('\\', '\\\\') : escaped(one))).join('')}"`
}

it('looks at every text that is unusable, however it is escaped', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (value, upperCase) => {
      for (const json of [JSON.stringify(value), escapedJson(value, upperCase)]) {
        expect(JSON.parse(json)).toBe(value)
        if (!isUsableText(value)) expect(mayHoldUnusableText(json)).toBe(true)
      }
    }),
    { numRuns: 5000 },
  )
})

it('does not look at pairs of surrogates, nor at other escapes', () => {
  expect(mayHoldUnusableText(escapedJson('🎧 Café 🎧🎧\n', false))).toBe(false)
})

it.each([
  ['', true],
  ['Café 🎧', true],
  ['a\0b', false],
  ['\ud83c', false],
  ['\udfa7\ud83c', false],
])('says whether %j can be kept: %s', (value, usable) => {
  expect(isUsableText(value)).toBe(usable)
})
