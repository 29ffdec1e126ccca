/**
 * What can be decided in a thread: functions of plain data, in which all that may be large is text as the store answers it.
 * @module
 */
import { decideGenres } from './decide-genres.ts'
import { decideOverYear } from './decide-over-year.ts'
import { decideTransitions } from './decide-transitions.ts'
import { decideValues } from './decide-values.ts'

export const decisions = {
  values: decideValues,
  genres: decideGenres,
  transitions: decideTransitions,
  overYear: decideOverYear,
} as const
export type Decisions = typeof decisions
