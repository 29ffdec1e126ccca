/**
 * Where the demo's DJs live, and what is liked there.
 * @module
 */

export interface DjHome {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly continent: string
  /** ISO 3166-2, the places with most DJs first. */
  readonly subdivisions: readonly string[]
  /** Minutes east of UTC. One offset a country is near enough for a night out. */
  readonly offsetMinutes: number
  readonly weight: number
  /** Genres by slug that are played more there than elsewhere, and how much more. */
  readonly favours: Readonly<Record<string, number>>
}

export const djHomes: readonly DjHome[] = [
  home('US', 'north-america', 'US-NY US-CA US-IL US-FL US-TX', -300, 60, { 'hip-hop': 3, house: 1.5, rnb: 2 }),
  home('CA', 'north-america', 'CA-ON CA-QC CA-BC', -300, 22, { 'hip-hop': 2, 'tech-house': 3 }),
  home('MX', 'north-america', 'MX-CMX MX-JAL', -360, 20, { reggaeton: 5, 'tech-house': 1.5 }),
  home('BR', 'south-america', 'BR-SP BR-RJ', -180, 32, { 'brazilian-funk': 12, 'tech-house': 2 }),
  home('CO', 'south-america', 'CO-ANT CO-DC', -300, 18, { reggaeton: 8, 'afro-house': 1.5 }),
  home('GB', 'europe', 'GB-LND GB-MAN GB-BST', 0, 52, { 'uk-garage': 5, 'drum-and-bass': 4, house: 1.3 }),
  home('DE', 'europe', 'DE-BE DE-HH DE-NW DE-BY', 60, 48, { techno: 5, trance: 1.5 }),
  home('FR', 'europe', 'FR-IDF FR-13', 60, 28, { disco: 4, house: 3 }),
  home('NL', 'europe', 'NL-NH NL-ZH', 60, 26, { trance: 4, techno: 2 }),
  home('ES', 'europe', 'ES-CT ES-MD ES-IB', 60, 24, { 'tech-house': 3, reggaeton: 2 }),
  home('IT', 'europe', 'IT-25 IT-62', 60, 22, { disco: 3, 'deep-house': 5 }),
  home('PL', 'europe', 'PL-14 PL-12', 60, 16, { techno: 3, 'drum-and-bass': 1.5 }),
  home('ZA', 'africa', 'ZA-GP ZA-WC ZA-KZN', 120, 26, { amapiano: 14, 'afro-house': 4, 'deep-house': 1.5 }),
  home('NG', 'africa', 'NG-LA NG-FC', 60, 18, { amapiano: 4, dancehall: 2, 'hip-hop': 1.5 }),
  home('JP', 'asia', 'JP-13 JP-27', 540, 28, { house: 4, disco: 2 }),
  home('IN', 'asia', 'IN-MH IN-DL IN-KA', 330, 24, { techno: 2, pop: 4 }),
  home('AU', 'oceania', 'AU-NSW AU-VIC', 600, 28, { 'tech-house': 2, 'drum-and-bass': 2 }),
  home('NZ', 'oceania', 'NZ-AUK NZ-WGN', 720, 18, { 'drum-and-bass': 6, house: 1.3 }),
]

function home(
  country: string,
  continent: string,
  subdivisions: string,
  offsetMinutes: number,
  weight: number,
  favours: DjHome['favours'],
): DjHome {
  return { country, continent, subdivisions: subdivisions.split(' '), offsetMinutes, weight, favours }
}
