/**
 * Names of regions as people in a language call them. Countries come from the Unicode CLDR, which Node.js carries; names of
 * subdivisions are those of ISO 3166-2, which are local ones and the same in every language.
 * @module
 */
import { isCountry, regionName, WORLD } from './regions.ts'

/** The world and the continents, where CLDR has no name for just these. */
const largeRegions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: {
    [WORLD]: 'Welt',
    africa: 'Afrika',
    antarctica: 'Antarktis',
    asia: 'Asien',
    europe: 'Europa',
    'north-america': 'Nordamerika',
    oceania: 'Ozeanien',
    'south-america': 'Südamerika',
  },
}

const countryNames = new Map<string, Intl.DisplayNames>()

/** The region's name; the code itself where it is unknown. `language` is a tag of BCP 47, such as `de`. */
export function regionNameIn(language: string, region: string): string {
  if (isCountry(region)) {
    const names = countryNames.get(language) ?? new Intl.DisplayNames([language], { type: 'region' })
    countryNames.set(language, names)
    return names.of(region) ?? regionName(region)
  }
  return largeRegions[language]?.[region] ?? regionName(region)
}
