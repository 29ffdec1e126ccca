import { describe, expect, it } from 'vitest'
import { regionNameIn } from '#rules/region-names.ts'

describe('the name of a region', () => {
  it.each([
    ['en', 'world', 'World'],
    ['de', 'world', 'Welt'],
    ['de', 'north-america', 'Nordamerika'],
    ['en', 'GB', 'United Kingdom'],
    ['de', 'NZ', 'Neuseeland'],
    ['de', 'NZ-AUK', 'Auckland'],
    ['de', 'nowhere', 'nowhere'],
  ])('in %s of %s is %s', (language, region, name) => {
    expect(regionNameIn(language, region)).toBe(name)
  })
})
