import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withheldRegions } from '../../services/charts/withhold.ts'
import { withheldRegionsOf } from '../model/chart-model.ts'

const MINIMUM = 3

/** Where an account may live, with the regions it counts in. */
const homes = [
  ['world'],
  ['world', 'oceania', 'NZ'],
  ['world', 'oceania', 'NZ', 'NZ-AUK'],
  ['world', 'oceania', 'NZ', 'NZ-WGN'],
  ['world', 'oceania', 'AU'],
  ['world', 'oceania', 'AU', 'AU-NSW'],
  ['world', 'europe', 'DE'],
  ['world', 'europe', 'DE', 'DE-BE'],
  ['world', 'europe', 'FR'],
  ['world', 'north-america', 'US', 'US-CA'],
]

/** The charts that are large enough, by the accounts in them. */
function chartsOf(numbers: readonly number[]): Map<string, Set<string>> {
  const charts = new Map<string, Set<string>>()
  numbers.forEach((accounts, home) => {
    for (const region of homes[home] ?? []) {
      const owners = charts.get(region) ?? new Set()
      for (let account = 0; account < accounts; account += 1) owners.add(`${home}/${account}`)
      charts.set(region, owners)
    }
  })
  return new Map([...charts].filter(([, owners]) => owners.size >= MINIMUM))
}

const populations = fc
  .tuple(fc.array(fc.nat({ max: 8 }), { minLength: homes.length, maxLength: homes.length }), fc.integer())
  // Charts may be missing for other reasons: no track that enough share.
  .map(([numbers, seed]) => new Map([...chartsOf(numbers)].filter((_, index) => (seed >> index) % 5 !== 0)))

const withheldOf = (charts: ReadonlyMap<string, ReadonlySet<string>>) =>
  withheldRegions(
    [...charts].map(([region, owners]) => ({ region, djs: owners.size })),
    MINIMUM,
  )

describe('withheld regions', () => {
  it('leave nowhere a region that tells of one or two accounts', () => {
    fc.assert(
      fc.property(populations, (charts) => {
        const withheld = withheldOf(charts)
        const published = [...charts].filter(([region]) => !withheld.has(region))
        for (const [region, owners] of published) {
          const inside = published.filter(([sub]) => isInside(sub, region)).flatMap(([, subOwners]) => [...subOwners])
          const rest = [...owners].filter((owner) => !inside.includes(owner)).length
          expect(rest === 0 || rest >= MINIMUM, `${region} tells of ${rest}`).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are those that a count by accounts gives, whatever the order of the charts', () => {
    fc.assert(
      fc.property(populations, (charts) => {
        const expected = new Set(withheldRegionsOf(charts, MINIMUM))
        expect(withheldOf(charts)).toEqual(expected)
        expect(withheldOf(new Map([...charts].reverse()))).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  const of = (djs: Record<string, number>) => [
    ...withheldRegions(
      Object.entries(djs).map(([region, count]) => ({ region, djs: count })),
      5,
    ),
  ]

  it('are none where each rest is empty or large enough', () => {
    expect(of({ world: 20, oceania: 15, NZ: 15, 'NZ-AUK': 5, 'NZ-WGN': 10 })).toEqual([])
  })

  it('are the smallest sub-region, and the next one while it is not enough', () => {
    expect(of({ NZ: 21, 'NZ-AUK': 7, 'NZ-WGN': 6, 'NZ-CAN': 7 })).toEqual(['NZ-WGN'])
    expect(of({ world: 12, NZ: 6, AU: 5 })).toEqual(['AU'])
  })

  it('are of equals the first by code', () => {
    expect(of({ world: 11, NZ: 5, AU: 5 })).toEqual(['AU'])
  })

  it('are found below a country and a continent that have no chart', () => {
    expect(of({ world: 8, 'NZ-AUK': 5 })).toEqual(['NZ-AUK'])
  })
})

function isInside(sub: string, region: string): boolean {
  return homes.some((home) => home.includes(sub) && home.includes(region) && home.indexOf(sub) > home.indexOf(region))
}
