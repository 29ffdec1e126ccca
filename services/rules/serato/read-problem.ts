/**
 * What a reader found wrong in a file: a value, never an error. It names the place, and never repeats what stands there.
 * @module
 */

/** Damage costs records; the rest of the file is still read. */
export type DamageCode =
  | 'not-a-chunk'
  | 'chunk-too-long'
  | 'chunk-cut-off'
  | 'chunk-unknown'
  | 'record-damaged'
  | 'lengths-disagree'
  | 'too-damaged'
  | 'too-many-rows'

/** A note costs one value of a record, which makes no sense or which no server takes. */
export type NoteCode = 'value-left-out' | 'text-too-long' | 'end-before-start'

export interface ReadProblem {
  readonly kind: 'damage' | 'note'
  readonly code: DamageCode | NoteCode
  /** Where in the file, in bytes from its start. */
  readonly offsetBytes: number
  /** The same in words, without anything out of the file. */
  readonly detail: string
}

/** So many are told of one file; what is beyond them would tell nothing new. */
export const PROBLEMS_MAX = 1000
