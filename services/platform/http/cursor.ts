/**
 * Cursors of lists: the place that a page ended at, so that what comes in between shifts nothing.
 * @module
 */
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { HttpProblem } from './problem.ts'

export interface Cursors<Place> {
  encode(place: Place): string
  /** The place of a cursor; `undefined` without one. Throws the problem `invalid-request` where it is none of ours. */
  decode(cursor: string | undefined): Place | undefined
}

/** Cursors of places that look like this; what a client makes up is refused by it. */
export function createCursors<Schema extends TSchema>(schema: Schema): Cursors<Static<Schema>> {
  const validator = Compile(schema)
  return {
    encode: (place) => Buffer.from(JSON.stringify(place)).toString('base64url'),
    decode(cursor) {
      if (cursor === undefined) return undefined
      const place = parse(cursor)
      if (validator.Check(place)) return place
      const errors = [{ path: '/cursor', message: 'must be the `next` of a page before' }]
      throw new HttpProblem('invalid-request', { errors })
    },
  }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
