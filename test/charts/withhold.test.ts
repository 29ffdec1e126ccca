import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Stray, withheldRegions } from '../../services/charts/withhold.ts'
import { withheldRegionsOf } from '../model/chart-model.ts'
import { tellingRests } from '../model/revision-reader.ts'

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

/** What an account gives, and from which home: when the charts that wait were built, and now; a home may be none. */
const restless = fc.record({
  homes: fc.tuple(fc.integer({ min: -1, max: homes.length - 1 }), fc.nat({ max: homes.length - 1 })),
  parts: fc.tuple(fc.constant(1), fc.constantFrom(1, 1, 1, 2)),
})
type Restless = typeof restless extends fc.Arbitrary<infer Value> ? Value : never
const regions = [...new Set(homes.flat())]

describe('where some charts wait and others went on', () => {
  it('no region less its sub-regions tells of one or two accounts, whichever way a reader counts', () => {
    let found = 0
    const check = (accounts: readonly Restless[], waiting: readonly string[]) => {
      const homesAt = (when: 0 | 1) => accounts.map(({ homes: at }) => homes[at[when]] ?? [])
      const states = regions.map((region) => {
        const when = waiting.includes(region) ? 0 : 1
        const parts = homesAt(when).flatMap((home, index) =>
          home.includes(region) ? [[`${index}`, `${accounts[index]?.parts[when]}`] as const] : [],
        )
        const djsNow = homesAt(1).filter((home) => home.includes(region)).length
        return { region, djs: parts.length, djsNow, parts: new Map(parts) }
      })
      const shown = states.filter(({ djs }) => djs >= MINIMUM)
      const strays = accounts.map((account, index): Stray => {
        const now = (homes[account.homes[1]] ?? []).map((region) => [region, account.parts[1]] as const)
        const then = states.flatMap(({ region, parts }) => {
          const part = parts.get(`${index}`)
          return part === undefined ? [] : [[region, Number(part)] as const]
        })
        return { accounts: 1, shown: new Map(then), now: new Map(now) }
      })
      const kept = (withheld: ReadonlySet<string>) =>
        shown.flatMap(({ region, djs, parts }) =>
          withheld.has(region) ? [] : [{ chart: `${region}/all/2026`, revision: 1, djs, parts, isForced: false }],
        )
      expect(tellingRests(kept(withheldRegions(shown, MINIMUM, strays)), MINIMUM)).toEqual([])
      found += tellingRests(kept(withheldRegions(shown, MINIMUM)), MINIMUM).length
    }
    fc.assert(fc.property(fc.array(restless, { minLength: 8, maxLength: 40 }), fc.subarray(regions), check), {
      numRuns: 500,
    })
    // Without the strays it would.
    expect(found).toBeGreaterThan(0)
  })

  const stray = (shown: Record<string, number>, now: Record<string, number>, accounts = 1): Stray => ({
    accounts,
    shown: new Map(Object.entries(shown)),
    now: new Map(Object.entries(now)),
  })

  it('a sub-region goes that has the accounts which its waiting region tells without it', () => {
    // Four of the country's ten have left it since, and four others came to its subdivision, which went on.
    const charts = [
      { region: 'NZ', djs: 10, djsNow: 10 },
      { region: 'NZ-AUK', djs: 10 },
    ]
    const moved = [stray({ NZ: 1 }, {}, 4), stray({ 'NZ-AUK': 1 }, { NZ: 1, 'NZ-AUK': 1 }, 4)]
    expect([...withheldRegions(charts, 5)]).toEqual([])
    expect([...withheldRegions(charts, 5, moved)]).toEqual(['NZ-AUK'])
  })

  it('a sub-region goes in which few give something else than what its waiting region tells of them', () => {
    const charts = [
      { region: 'NZ', djs: 8 },
      { region: 'NZ-AUK', djs: 8 },
    ]
    const corrected = (accounts: number) => [stray({ NZ: 1, 'NZ-AUK': 2 }, { NZ: 2, 'NZ-AUK': 2 }, accounts)]
    expect([...withheldRegions(charts, 5, corrected(4))]).toEqual(['NZ-AUK'])
    expect([...withheldRegions(charts, 5, corrected(5))]).toEqual([])
  })
})

function isInside(sub: string, region: string): boolean {
  return homes.some((home) => home.includes(sub) && home.includes(region) && home.indexOf(sub) > home.indexOf(region))
}
