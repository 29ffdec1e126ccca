/**
 * Which transitions are withheld because others, taken from the plays of their track, would tell of them.
 *
 * A play of a track is followed by one track at most, and follows one at most. So the transitions from a track add up to
 * its plays but for the last ones of sessions, and the transitions to it but for the first ones.
 * @module
 */

import type { SuppressionRules } from './publishable-regions.ts'
import { publishableRows } from './publishable-rows.ts'
import { regionsAround } from './regions-around.ts'
import type { Piece, Row } from './row-system.ts'

/** A row that analysts would see. */
export interface ShownTransition {
  readonly from: string
  readonly to: string
  readonly region: string
  readonly djs: number
}

export interface TrackPlace {
  readonly track: string
  /** Finest region of the accounts. */
  readonly place: string
  readonly djs: number
}

export interface TransitionCells {
  readonly shown: readonly ShownTransition[]
  /** Accounts by finest region, of each transition between tracks that have one from them and one to them that is shown. */
  readonly counts: readonly {
    readonly from: string
    readonly to: string
    readonly place: string
    readonly djs: number
  }[]
  /** Where analysts see the plays of the tracks. */
  readonly tracks: readonly { readonly track: string; readonly region: string }[]
  /** Accounts with plays of a track that no track follows among these transitions. */
  readonly endings: readonly TrackPlace[]
  /** Accounts with plays of a track that follow none among these transitions. */
  readonly beginnings: readonly TrackPlace[]
}

/** Of the transitions that would be shown those that are withheld. */
export function withheldTransitions(
  { shown, counts, tracks, endings, beginnings }: TransitionCells,
  rules: SuppressionRules,
): readonly ShownTransition[] {
  if (rules.neighbours === false) return []
  const rows: Row[] = []
  const rowOf = new Map<string, number>()
  const add = (name: string, row: Row) => {
    rowOf.set(name, rows.length)
    rows.push(row)
  }
  const seen = { accounts: Number.MAX_SAFE_INTEGER, isFixed: true }
  for (const { track, region } of tracks) {
    // The plays of a track are two sums: of what follows, and of what they follow.
    add(`${region} ${track}>`, { ...seen, families: [`${track}>`, `${region} ${track}>`] })
    add(`${region} >${track}`, { ...seen, families: [`>${track}`, `${region} >${track}`] })
  }
  const firstShown = rows.length
  for (const { from, to, region, djs } of shown) {
    const families = [`${region} ${from}>`, `${region} >${to}`, `${from}>${to}`]
    add(`${region} ${from}>${to}`, { accounts: djs, isFixed: false, families })
  }
  const around = (place: string, names: readonly string[]) =>
    regionsAround(place).flatMap((region) => names.flatMap((name) => rowOf.get(`${region} ${name}`) ?? []))
  const pieces: Piece[] = [
    ...counts.map(({ from, to, place, djs }) => ({
      accounts: djs,
      group: `${from}>${to}`,
      rows: around(place, [`${from}>`, `>${to}`, `${from}>${to}`]),
    })),
    ...endings.map(({ track, place, djs }) => ({
      accounts: djs,
      group: `${track}>`,
      rows: around(place, [`${track}>`]),
    })),
    ...beginnings.map(({ track, place, djs }) => ({
      accounts: djs,
      group: `>${track}`,
      rows: around(place, [`>${track}`]),
    })),
  ]
  const isPublishable = publishableRows(rows, pieces, rules)
  return shown.filter((_, index) => isPublishable[firstShown + index] === false)
}
