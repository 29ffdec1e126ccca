import { iso31661 } from 'iso-3166'
import { describe, expect, it } from 'vitest'
import {
  continentOf,
  countryOfSubdivision,
  isSubdivision,
  parentRegion,
  regionLevel,
  regionName,
  subdivisionsOf,
} from '#rules/regions.ts'

describe('regions', () => {
  it.each([
    ['world', 'world'],
    ['north-america', 'continent'],
    ['NZ', 'country'],
    ['NZ-AUK', 'subdivision'],
    ['nz', undefined],
    ['XX', undefined],
    ['NZ-XXX', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%s is on the level %s', (region, level) => {
    expect(regionLevel(region)).toBe(level)
  })

  it('lie in one another up to the world', () => {
    expect(parentRegion('NZ-AUK')).toBe('NZ')
    expect(parentRegion('NZ')).toBe('oceania')
    expect(parentRegion('oceania')).toBe('world')
    expect(parentRegion('world')).toBeUndefined()
    expect(parentRegion('XX')).toBeUndefined()
  })

  it('have names, and an unknown one its code', () => {
    expect(['world', 'europe', 'NZ', 'NZ-AUK', 'XX'].map(regionName)).toEqual([
      'World',
      'Europe',
      'New Zealand',
      'Auckland',
      'XX',
    ])
  })
})

describe('countries', () => {
  it('all lie on a continent that has charts', () => {
    const without = iso31661.filter(({ alpha2 }) => {
      const continent = continentOf(alpha2)
      return continent === undefined || regionLevel(continent) !== 'continent'
    })
    expect(without.map(({ alpha2 }) => alpha2)).toEqual([])
  })
})

describe('subdivisions', () => {
  it('of a country are its own, in the order of their codes', () => {
    const codes = subdivisionsOf('NZ')
    expect(codes).toContain('NZ-AUK')
    expect(codes.every((code) => isSubdivision(code) && countryOfSubdivision(code) === 'NZ')).toBe(true)
    expect([...codes].sort()).toEqual(codes)
  })

  it('are none for a country without and for an unknown one', () => {
    expect(subdivisionsOf('AQ')).toEqual([])
    expect(subdivisionsOf('XX')).toEqual([])
  })
})
