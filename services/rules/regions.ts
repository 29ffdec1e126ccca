/**
 * Regions of charts: the world, continents, countries (ISO 3166-1) and their subdivisions (ISO 3166-2).
 *
 * Codes and names come from the packages `iso-3166` and `countries-list`.
 * @module
 */
import { continents as continentNames, countries } from 'countries-list'
import { iso31661, iso31662 } from 'iso-3166'

export type RegionLevel = 'world' | 'continent' | 'country' | 'subdivision'

export const WORLD = 'world'

/** Continents as the contract names them, by the codes of `countries-list`. */
const continentSlugs = {
  AF: 'africa',
  AN: 'antarctica',
  AS: 'asia',
  EU: 'europe',
  NA: 'north-america',
  OC: 'oceania',
  SA: 'south-america',
} as const satisfies Record<keyof typeof continentNames, string>

const countryNames = new Map(iso31661.map(({ alpha2, name }) => [alpha2, name]))
const subdivisionNames = new Map(iso31662.map(({ code, name }) => [code, name]))
const subdivisionsByCountry = new Map<string, string[]>()
for (const code of [...subdivisionNames.keys()].sort()) {
  const country = countryOfSubdivision(code)
  subdivisionsByCountry.set(country, [...(subdivisionsByCountry.get(country) ?? []), code])
}
const continentBySlug = new Map(
  Object.entries(continentSlugs).map(([code, slug]) => [
    slug as string,
    continentNames[code as keyof typeof continentNames],
  ]),
)
const continentByCountry = new Map(
  Object.entries(countries).map(([code, { continent }]) => [code, continentSlugs[continent]]),
)

/** The continents, as slugs. */
export const continents: readonly string[] = Object.values(continentSlugs)

/** Every country's code with the slug of its continent. */
export const continentsOfCountries: ReadonlyMap<string, string> = continentByCountry

export function isCountry(code: string): boolean {
  return countryNames.has(code)
}

export function isSubdivision(code: string): boolean {
  return subdivisionNames.has(code)
}

/** The country of a subdivision: `NZ` of `NZ-AUK`. */
export function countryOfSubdivision(code: string): string {
  return code.slice(0, 2)
}

/** The continent's slug of a country; `undefined` for an unknown country. */
export function continentOf(country: string): string | undefined {
  return continentByCountry.get(country)
}

/** The level of a region's code; `undefined` where there is no such region. */
export function regionLevel(region: string): RegionLevel | undefined {
  if (region === WORLD) return 'world'
  if (continentBySlug.has(region)) return 'continent'
  if (isCountry(region)) return 'country'
  return isSubdivision(region) ? 'subdivision' : undefined
}

/** The region's name in English, for pages; the code itself where it is unknown. */
export function regionName(region: string): string {
  if (region === WORLD) return 'World'
  return continentBySlug.get(region) ?? countryNames.get(region) ?? subdivisionNames.get(region) ?? region
}

/** The region that a region lies in; `undefined` for the world and for unknown regions. */
export function parentRegion(region: string): string | undefined {
  switch (regionLevel(region)) {
    case 'continent':
      return WORLD
    case 'country':
      return continentOf(region) ?? WORLD
    case 'subdivision':
      return countryOfSubdivision(region)
    default:
      return undefined
  }
}

/** The subdivisions of a country, by code; none for an unknown country and for one that has none. */
export function subdivisionsOf(country: string): readonly string[] {
  return subdivisionsByCountry.get(country) ?? []
}
