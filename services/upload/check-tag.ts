/**
 * Single tags held against the schema: what a value becomes, or why it is left out. Nothing here rejects a session.
 * @module
 */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { readBpm } from '#rules/tags/bpm.ts'
import { readYear } from '#rules/tags/year.ts'
import { type TagName, Tags } from '#schemas/records/track-play.ts'
import type { WarningCode } from './outcomes.ts'
import { isUsableText } from './text.ts'

const tagChecks = new Map<string, { readonly numeric: boolean; readonly check: (value: unknown) => boolean }>(
  Object.entries<TSchema>(Tags.properties).map(([name, schema]) => {
    const validator = Compile(schema)
    const type = 'type' in schema ? schema.type : undefined
    return [name, { numeric: type === 'number' || type === 'integer', check: (value) => validator.Check(value) }]
  }),
)

export const tagNames: readonly TagName[] = Object.keys(Tags.properties) as TagName[] // the keys of its own type

/** Digits with at most one point: what DJ software means when it writes a number as a text. */
const NUMERIC = /^\s*[+-]?\d{1,30}(?:\.\d{1,30})?\s*$/

/** Numbers that people write in ways of their own: `124,02` beats, the year of `2009-05-04`. */
const readers: Partial<Record<TagName, (text: string) => number | undefined>> = { bpm: readBpm, year: readYear }

/** The value of a tag as it may be kept, or the reason why not. */
export function checkTag(
  name: TagName,
  value: unknown,
): { readonly value: unknown } | { readonly leftOut: WarningCode } {
  const tag = tagChecks.get(name)
  if (tag === undefined) return { leftOut: 'tag-wrong-type' }
  if (tag.numeric) {
    const number = typeof value === 'string' ? numberOf(name, value) : value
    if (typeof number !== 'number') return { leftOut: 'tag-wrong-type' }
    return tag.check(number) ? { value: number } : { leftOut: 'tag-out-of-bounds' }
  }
  if (typeof value !== 'string') return { leftOut: 'tag-wrong-type' }
  if (!isUsableText(value)) return { leftOut: 'tag-unusable-text' }
  return tag.check(value) ? { value } : { leftOut: 'tag-too-long' }
}

/** What no rule reads but is a number is told to be out of bounds; anything else, to be none. */
function numberOf(name: TagName, text: string): number | undefined {
  return readers[name]?.(text) ?? (NUMERIC.test(text) ? Number(text) : undefined)
}
