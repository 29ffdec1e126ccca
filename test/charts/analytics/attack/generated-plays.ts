/**
 * A small world of plays for the attack: who plays what, where and when, and what somebody may read of it.
 * @module
 */
import fc from 'fast-check'
import { regionsAround } from '../../../../services/charts/analytics/suppression/regions-around.ts'
import type { Knowledge, PublishedNumber } from './find-leak.ts'

export const MINIMUM = 3
export const seed = Number(process.env['ATTACK_SEED'] ?? 1)
export const runs = Number(process.env['ATTACK_RUNS'] ?? 150)

export interface Account {
  readonly name: string
  readonly place: string
  readonly objects: boolean
}

/** Plays of an account that are alike: one variable of the attacker. */
export interface Play<Kind> {
  readonly account: Account
  readonly kind: Kind
}

const places = ['world', 'NZ', 'NZ-AUK', 'NZ-WGN', 'DE', 'DE-BE'] as const
export const regions = [...new Set(places.flatMap(regionsAround))]

/** Accounts, mostly such as analysts see, each with some kinds of plays. */
export function generatedPlays<Kind>(kinds: fc.Arbitrary<Kind>, accountsMax = 16): fc.Arbitrary<readonly Play<Kind>[]> {
  const account = fc.record({
    place: fc.constantFrom(...places),
    objects: fc.constantFrom(false, false, false, false, true),
    kinds: fc.uniqueArray(kinds, { minLength: 1, maxLength: 4, selector: (kind) => JSON.stringify(kind) }),
  })
  return fc
    .array(account, { minLength: 4, maxLength: accountsMax })
    .map((accounts) =>
      accounts.flatMap(({ place, objects, kinds: own }, index) =>
        own.map((kind) => ({ account: { name: `${place} ${index}`, place, objects }, kind })),
      ),
    )
}

/** The distinct accounts of plays. */
export function djsOf(plays: readonly Play<unknown>[]): number {
  return new Set(plays.map(({ account }) => account.name)).size
}

export function isIn(region: string, { place }: Account): boolean {
  return regionsAround(place).includes(region)
}

/** The number of what is played so and is in the region. */
export function numberOf<Kind>(
  plays: readonly Play<Kind>[],
  name: string,
  isPublic: boolean,
  holds: (play: Play<Kind>) => boolean,
): PublishedNumber {
  return { name, isPublic, variables: new Set(plays.flatMap((play, index) => (holds(play) ? [index] : []))) }
}

export function knowledge(plays: readonly Play<unknown>[], numbers: readonly PublishedNumber[]): Knowledge {
  return { numbers, accountOf: plays.map(({ account }) => account.name) }
}

/** Groups by a name, with the distinct accounts of each group. */
export function countBy<Kind>(
  plays: readonly Play<Kind>[],
  nameOf: (play: Play<Kind>) => string,
): { readonly first: Play<Kind>; readonly djs: number }[] {
  const groups = new Map<string, Play<Kind>[]>()
  for (const play of plays) groups.set(nameOf(play), [...(groups.get(nameOf(play)) ?? []), play])
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ first: group[0], djs: djsOf(group) }],
  )
}
