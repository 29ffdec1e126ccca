import fc from 'fast-check'
import { iso31661Reserved, iso31663 } from 'iso-3166'
import { describe, expect, it } from 'vitest'
import { countryHint, retiredSubdivisions, subdivisionHint } from '#rules/region-hints.ts'
import { countryOfSubdivision, isCountry, isSubdivision } from '#rules/regions.ts'

describe('what was meant by a code of a country', () => {
  it('is told for codes in common use that are not in ISO 3166-1', () => {
    expect(isCountry('UK')).toBe(false)
    expect(countryHint('UK')).toEqual({ codes: ['GB'] })
    expect(countryHint('EL')).toEqual({ codes: ['GR'] })
    expect(countryHint(' nzl')).toEqual({ codes: ['NZ'] })
  })

  it('is told for every former country, and is a country of today', () => {
    for (const { from } of iso31663.filter(({ from: { alpha2 } }) => !isCountry(alpha2))) {
      const codes = countryHint(from.alpha2)?.codes ?? []
      expect(codes.length).toBeGreaterThan(0)
      for (const code of codes) expect(isCountry(code)).toBe(true)
    }
  })

  it('is told for every reservation', () => {
    for (const { alpha2 } of iso31661Reserved) expect(countryHint(alpha2)).toBeDefined()
  })

  it('is not made up where there is nothing to go by', () => {
    for (const code of ['XX', '', 'constructor', '__PROTO__']) expect(countryHint(code)).toBeUndefined()
  })
})

describe('what was meant by a code of a subdivision', () => {
  it('is told for retired ones, and is one of today in the same country', () => {
    expect(retiredSubdivisions.size).toBeGreaterThan(100)
    for (const [retired, today] of retiredSubdivisions) {
      expect([retired, isSubdivision(retired), today, isSubdivision(today)]).toEqual([retired, false, today, true])
      expect(countryOfSubdivision(today)).toBe(countryOfSubdivision(retired))
      expect(subdivisionHint(retired, null)).toEqual({ code: today, wasRetired: true })
    }
  })

  it('is told for another way to write it', () => {
    for (const [code, country] of [
      ['nz-auk', null],
      ['AUK', 'NZ'],
      ['auk', 'NZ'],
      ['NZL-AUK', null],
    ] as const) {
      expect(subdivisionHint(code, country)).toEqual({ code: 'NZ-AUK', wasRetired: false })
    }
  })

  it('is a subdivision or nothing, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string()), (code, country) => {
        const hint = subdivisionHint(code, country)
        expect(hint === undefined || isSubdivision(hint.code)).toBe(true)
      }),
    )
  })
})
