import type { SuppressionRules } from '../suppression/publishable-regions.ts'
import { withheldValues } from '../suppression/withheld-values.ts'
import { type CellName, djsIn, parseCounts } from './cell-counts.ts'

export interface ValuesInHand {
  /** Rows of `read-cell-counts.sql`. */
  readonly cells: string
  /** The number of the tag. */
  readonly nextItem: number
  readonly charted: ReadonlySet<string>
  readonly others: ReadonlyMap<string, number>
  readonly waiting: ReadonlyMap<string, number>
  readonly rules: SuppressionRules
}

/** The cells of one tag, or of tracks, that are withheld. */
export function decideValues({ cells, nextItem, charted, others, waiting, rules }: ValuesInHand): CellName[] {
  const rows = parseCounts(cells)
  const shown = rows.flatMap(({ item, places, regions }) =>
    regions.map((region) => ({ value: item, region, djs: djsIn(region, places) })),
  )
  const counts = rows.flatMap(({ item, places }) => places.map((place) => ({ value: item, ...place })))
  return withheldValues({ shown, counts, charted, others, waiting }, rules).map(({ value, region }) => ({
    item: value,
    next_item: String(nextItem),
    region,
  }))
}
