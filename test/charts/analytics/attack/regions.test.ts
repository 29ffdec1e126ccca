import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishableRegions } from '../../../../services/charts/analytics/suppression/publishable-regions.ts'
import { regionsAround } from '../../../../services/charts/analytics/suppression/regions-around.ts'
import { findLeak, type PublishedNumber } from './find-leak.ts'

const MINIMUM = 3
const seed = Number(process.env['ATTACK_SEED'] ?? 1)
const numRuns = Number(process.env['ATTACK_RUNS'] ?? 400)

const places = ['world', 'NZ', 'NZ-AUK', 'NZ-WGN', 'AU', 'AU-NSW', 'DE', 'DE-BE', 'FR', 'US-CA'] as const
const regions = [...new Set(places.flatMap(regionsAround))]

/** By place how many give the item, and how many more stand behind the charts. */
const items = fc.record({
  djs: fc.array(fc.nat({ max: 5 }), { minLength: places.length, maxLength: places.length }),
  objectors: fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3), { minLength: places.length, maxLength: places.length }),
  charted: fc.subarray(regions),
})

interface World {
  readonly djs: readonly number[]
  readonly objectors: readonly number[]
  readonly charted: readonly string[]
}

/** What a reader of charts and an analyst know of the item. */
function knowledgeOf({ djs, objectors, charted }: World, neighbours: boolean) {
  const accounts = places.flatMap((place, index) => [
    ...Array.from({ length: djs[index] ?? 0 }, (_, number) => ({ place, name: `${place} ${number}`, objects: false })),
    ...Array.from({ length: objectors[index] ?? 0 }, (_, number) => ({
      place,
      name: `${place} -${number}`,
      objects: true,
    })),
  ])
  const behind = (region: string, objectorsToo: boolean) =>
    new Set(
      accounts.flatMap(({ place, objects }, index) =>
        regionsAround(place).includes(region) && (objectorsToo || !objects) ? [index] : [],
      ),
    )
  const charts = charted.filter((region) => behind(region, true).size >= MINIMUM)
  const published = publishableRegions(
    {
      places: places.map((region, index) => ({
        region,
        djs: djs[index] ?? 0,
        plays: djs[index] ?? 0,
        objectors: objectors[index] ?? 0,
      })),
      charted: new Set(charts),
    },
    { minimumDjs: MINIMUM, neighbours },
  )
  const numbers: PublishedNumber[] = [
    ...charts.map((region) => ({ name: `chart ${region}`, isPublic: true, variables: behind(region, true) })),
    ...[...published].map((region) => ({ name: region, isPublic: false, variables: behind(region, false) })),
  ]
  return { numbers, accountOf: accounts.map(({ name }) => name) }
}

const leaks = (world: World, neighbours: boolean) => findLeak(knowledgeOf(world, neighbours), MINIMUM)

describe('adding and subtracting the regions of an item', () => {
  it('tells of no few accounts, with published charts and with accounts that object', () => {
    fc.assert(
      fc.property(items, (world) => {
        expect(leaks(world, true)).toBeUndefined()
      }),
      { seed, numRuns },
    )
  })

  it('tells of none either without charts', () => {
    fc.assert(
      fc.property(items, (world) => {
        expect(leaks({ ...world, charted: [] }, true)).toBeUndefined()
      }),
      { seed, numRuns },
    )
  })

  it('tells of some where only cells with few accounts are withheld', () => {
    const found = fc.sample(items, { seed, numRuns: 50 }).filter((world) => leaks(world, false) !== undefined)
    expect(found.length).toBeGreaterThan(10)
  })

  it('leaves what stands beside nothing that tells of few', () => {
    const of = (djs: Record<string, number>, charted: readonly string[] = []) =>
      [
        ...publishableRegions(
          {
            places: Object.entries(djs).map(([region, count]) => ({ region, djs: count, plays: count, objectors: 0 })),
            charted: new Set(charted),
          },
          { minimumDjs: MINIMUM },
        ),
      ].sort()
    expect(of({ 'NZ-AUK': 5, 'NZ-WGN': 5 }, ['NZ', 'world'])).toEqual(['NZ', 'NZ-AUK', 'NZ-WGN', 'oceania', 'world'])
    expect(of({ 'NZ-AUK': 9, 'NZ-WGN': 5, 'NZ-CAN': 2 })).toEqual(['NZ', 'NZ-AUK', 'oceania', 'world'])
    expect(of({ 'NZ-AUK': 9, 'NZ-WGN': 2 })).toEqual(['NZ', 'oceania', 'world'])
    expect(of({ NZ: 2, FR: 3 })).toEqual(['world'])
  })
})
