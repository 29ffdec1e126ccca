/**
 * What an attack is, and what may become of one.
 * @module
 */
import type { SqlRequest } from './open-analysts.ts'

/** Either the engine or the service refuses it, with one of these numbers; or it answers this, which tells nothing. */
export type Outcome = { readonly refused: readonly number[] } | { readonly answers: RegExp }

export interface Attack {
  readonly request: Omit<SqlRequest, 'analyst'>
  readonly outcome: Outcome
}

export const MARKER = 'seen-by-nobody'

export const DENIED = 497
export const READONLY = 164
export const SYNTAX = 62
export const NOT_HERE = 48
export const NO_TABLE = 60
export const CONSTRAINT = 452
export const OUTFILE = 358

export const refused =
  (...codes: number[]) =>
  (statement: string): Attack => ({ request: { body: statement }, outcome: { refused: codes } })

export const harmless = (statement: string, answers: RegExp): Attack => ({
  request: { body: statement },
  outcome: { answers },
})

export const address = (query: string, outcome: Outcome, body = 'SELECT 1'): Attack => ({
  request: { address: query, body },
  outcome,
})

/** A table that nobody reads through `/sql`. */
export const secret = 'playlists.sessions'
