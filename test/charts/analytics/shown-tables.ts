/**
 * What analysts see, and how it is held against the model.
 * @module
 */
import { expect } from 'vitest'
import type { StoreConnection } from '#platform/store/store.ts'
import { cleanedForm } from '#rules/track-identity.ts'
import { type ModelTables, median } from '../../model/analytics-model.ts'

type Table = 'charts' | 'track_weeks' | 'tag_weeks' | 'transition_weeks'

export type ShownTables = Readonly<Record<Table, readonly Row[]>>
type Row = Readonly<Record<string, string | number | null>>

/** All rows of all tables of analysts, in one order. */
export async function readShownTables(store: StoreConnection): Promise<ShownTables> {
  const read = (view: string) => store.rows<Row>(`SELECT * FROM analytics.${view} ORDER BY ALL`)
  return {
    charts: await read('charts'),
    track_weeks: await read('track_weeks'),
    tag_weeks: await read('tag_weeks'),
    transition_weeks: await read('transition_weeks'),
  }
}

/** The cell of the model that a row is of. */
const cellOf = {
  track_weeks: (row: Row) => `${row['week']} ${row['region']} ${row['track_id']}`,
  tag_weeks: (row: Row) => {
    const isText = row['tag'] === 'label' || row['tag'] === 'remixer'
    return `${row['week']} ${row['region']} ${row['tag']} ${isText ? cleanedForm(String(row['value'])) : row['value']}`
  },
  transition_weeks: (row: Row) => `${row['week']} ${row['region']} ${row['from_track_id']} ${row['to_track_id']}`,
} as const

/** Every row is a cell of the model with the model's numbers and at least the minimum of accounts. Answers how many there are. */
export function expectOfModel(shown: ShownTables, model: ModelTables, minimumDjs: number): number {
  let rows = 0
  for (const table of ['track_weeks', 'tag_weeks', 'transition_weeks'] as const) {
    for (const row of shown[table]) {
      const name = `${table} ${cellOf[table](row)}`
      const cell = model[table].get(cellOf[table](row))
      expect([row['djs'], Number(row['plays'])], name).toEqual([cell?.owners.size, cell?.plays])
      expect(Number(row['djs']), name).toBeGreaterThanOrEqual(minimumDjs)
      rows += 1
      if (table !== 'track_weeks' || cell === undefined) continue
      const known = (values: readonly number[], round: (value: number) => number) =>
        values.length < minimumDjs ? null : round(median(values))
      expect(row['played_seconds_median'], name).toBe(known(cell.seconds, (value) => Math.floor(value + 0.5)))
      expect(row['bpm_median'], name).toBe(known(cell.bpmHundredths, (value) => Math.floor(value / 10 + 0.5) / 10))
    }
  }
  return rows
}
