/**
 * What stands for a column: a label of personal data, or why it is none.
 * @module
 */
import type { LabelName } from './labels.ts'

/**
 * `operational`: of the service, says nothing of a person. `aggregate`: of a chart, made over enough DJs before it is
 * shown.
 */
export type ColumnLabel = LabelName | 'operational' | 'aggregate'

/** Columns of a table that all tell of a chart. */
export const aggregates = (...names: string[]): Record<string, ColumnLabel> =>
  Object.fromEntries(names.map((name) => [name, 'aggregate']))
