/**
 * What was likely meant by a code that ISO 3166 does not have, or has no more: people write `UK`, `nz`, `NZL` and `YU`, and
 * software keeps codes for decades.
 *
 * Former countries and what came after them are those of ISO 3166-3, and reservations those of ISO 3166-1, both from the
 * package `iso-3166`. Retired subdivisions stand here: no maintained list of them exists. They are from the newsletters
 * and change notices of ISO 3166-2.
 * @module
 */
import { iso31661, iso31661Reserved, iso31663 } from 'iso-3166'
import { isCountry, isSubdivision } from './regions.ts'

export interface CountryHint {
  /** Codes of ISO 3166-1 alpha-2 that are right today; none where what is reserved is no country. */
  readonly codes: readonly string[]
  /** What the code stood for, where it is retired or reserved. */
  readonly was?: string
}

/** Reservations and habits with which a country is meant: car plates, the EU's code for Greece, parts of a country. */
const meantByReserved: Readonly<Record<string, string>> = {
  ...{ UK: 'GB', EL: 'GR', AC: 'SH', TA: 'SH', CP: 'FR', CQ: 'GG', DG: 'IO', EA: 'ES', IC: 'ES', EW: 'EE', FL: 'LI' },
  ...{ JA: 'JM', LF: 'LY', PI: 'PH', RP: 'PH', RA: 'AR', RB: 'BO', RI: 'ID', RL: 'LB', RM: 'MG', RN: 'NE', SF: 'FI' },
  ...{ WG: 'GD', WL: 'LC', WV: 'VC', YV: 'VE' },
}

const countriesByOtherName = new Map(
  iso31661.flatMap(({ alpha2, alpha3, name }) => [alpha3, name.toUpperCase()].map((other) => [other, alpha2] as const)),
)
const reservedNames = new Map(iso31661Reserved.map(({ alpha2, name }) => [alpha2, name]))

/** What was likely meant by a code that is no country's; `undefined` where there is nothing to go by. */
export function countryHint(code: string): CountryHint | undefined {
  const tidy = code.trim().toUpperCase()
  if (isCountry(tidy)) return { codes: [tidy] }
  const alike = countriesByOtherName.get(tidy) ?? (Object.hasOwn(meantByReserved, tidy) && meantByReserved[tidy])
  if (typeof alike === 'string') return { codes: [alike] }
  const former = iso31663.filter(({ from }) => from.alpha2 === tidy)
  if (former.length > 0) {
    // Two countries had `CS`, one after the other.
    const codes = [...new Set(former.flatMap(({ from }) => successors(from.alpha3)))].sort()
    return { codes, was: former.map(({ from }) => from.name).join(', then of ') }
  }
  const was = reservedNames.get(tidy)
  return was === undefined ? undefined : { codes: [], was }
}

/** The countries of today after a former one: what came after Yugoslavia is a former country itself. */
function successors(alpha3: string): string[] {
  const after = iso31663.filter(({ from }) => from.alpha3 === alpha3).flatMap(({ to }) => to)
  return after.flatMap((country) => (isCountry(country.alpha2) ? [country.alpha2] : successors(country.alpha3)))
}

/** By country, the retired part of a code and the part that took its place. */
const retiredParts: Readonly<Record<string, string>> = {
  CA: 'NF NL',
  CN: `11 BJ, 12 TJ, 13 HE, 14 SX, 15 NM, 21 LN, 22 JL, 23 HL, 31 SH, 32 JS, 33 ZJ, 34 AH, 35 FJ, 36 JX, 37 SD, 41 HA,
    42 HB, 43 HN, 44 GD, 45 GX, 46 HI, 50 CQ, 51 SC, 52 GZ, 53 YN, 54 XZ, 61 SN, 62 GS, 63 QH, 64 NX, 65 XJ, 71 TW, 91 HK,
    92 MO`,
  CZ: 'PR 10, ST 20, JC 31, PL 32, KA 41, US 42, LI 51, KR 52, PA 53, VY 63, JM 64, OL 71, ZL 72, MO 80',
  FI: 'AL 01, LL 10',
  FR: `A 6AE, B NAQ, C ARA, D BFC, E BRE, F CVL, G GES, H 20R, I BFC, J IDF, K OCC, L NAQ, M GES, N OCC, O HDF, P NOR, Q NOR,
    R PDL, S HDF, T NAQ, U PAC, V ARA, COR 20R, 75 75C, GP 971, MQ 972, GF 973, RE 974, YT 976`,
  GR: 'A1 I',
  IN: 'OR OD, UT UK, UL UK, CT CG, TG TS, DN DH, DD DH',
  IS: '0 1',
  KE: '110 30',
  KZ: `AKM 11, AKT 15, ALM 19, ATY 23, ZAP 27, ZHA 31, KAR 35, KUS 39, KZY 43, MAN 47, PAV 55, SEV 59, YUZ 61, VOS 63, AST 71,
    ALA 75, SHY 79`,
  MX: 'DIF CMX',
  NO: `01 30, 02 30, 04 34, 05 34, 06 30, 07 38, 08 38, 09 42, 10 42, 12 46, 14 46, 16 50, 17 50, 19 54, 20 54, 23 50`,
  PL: `DS 02, KP 04, LU 06, LB 08, LD 10, MA 12, MZ 14, OP 16, PK 18, PD 20, PM 22, SL 24, SK 26, WN 28, WP 30, ZP 32`,
  TW: 'TPQ NWT',
  ZA: 'GT GP, NL KZN, NP LP',
}

/** The code that took the place of each retired one. */
export const retiredSubdivisions: ReadonlyMap<string, string> = new Map(
  Object.entries(retiredParts).flatMap(([country, parts]) =>
    parts.split(',').map((pair) => {
      const [retired = '', today = ''] = pair.trim().split(' ')
      return [`${country}-${retired}`, `${country}-${today}`] as const
    }),
  ),
)

export interface SubdivisionHint {
  readonly code: string
  /** Whether what was written was right once. */
  readonly wasRetired: boolean
}

/**
 * What was likely meant by a code that is no subdivision's; `undefined` where there is nothing to go by.
 *
 * @param country The country that was given with it, for those who write `AUK`.
 */
export function subdivisionHint(code: string, country: string | null): SubdivisionHint | undefined {
  const tidy = code.trim().toUpperCase()
  const [prefix = '', part = ''] = tidy.split('-', 2)
  const [meant = prefix] = countryHint(prefix)?.codes ?? []
  for (const candidate of [tidy, `${meant}-${part}`, `${country ?? ''}-${tidy}`]) {
    if (isSubdivision(candidate)) return { code: candidate, wasRetired: false }
    const today = retiredSubdivisions.get(candidate)
    if (today !== undefined) return { code: today, wasRetired: true }
  }
  return undefined
}
