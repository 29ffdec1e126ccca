import { regionOfId } from '../../region-ids.ts'
import type { SuppressionRules } from '../suppression/publishable-regions.ts'
import { withheldTransitions } from '../suppression/withheld-transitions.ts'
import { type CellName, djsIn, parseCounts } from './cell-counts.ts'
import { parseLines } from './parse-lines.ts'

export interface TransitionsInHand {
  /** Rows of `read-transition-counts.sql`. */
  readonly cells: string
  /** Rows of `read-transition-tracks.sql`. */
  readonly tracks: string
  /** Rows of `read-transition-ends.sql`, of either end. */
  readonly endings: string
  readonly beginnings: string
  readonly rules: SuppressionRules
}

/** The transitions that are withheld. */
export function decideTransitions({ cells, tracks, endings, beginnings, rules }: TransitionsInHand): CellName[] {
  const rows = parseCounts(cells)
  const ends = (lines: string) =>
    parseLines<{ track: string; finest: string; accounts: string }>(lines).map(({ track, finest, accounts }) => ({
      ...{ track, place: regionOfId(finest), djs: Number(accounts) },
    }))
  const inHand = {
    shown: rows.flatMap(({ item, next, places, regions }) =>
      regions.map((region) => ({ from: item, to: next, region, djs: djsIn(region, places) })),
    ),
    counts: rows.flatMap(({ item, next, places }) => places.map((place) => ({ from: item, to: next, ...place }))),
    tracks: parseLines<{ track: string; region: string }>(tracks),
    endings: ends(endings),
    beginnings: ends(beginnings),
  }
  return withheldTransitions(inHand, rules).map(({ from, to, region }) => ({ item: from, next_item: to, region }))
}
