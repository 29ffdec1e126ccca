/**
 * A line of NDJSON → its id and tags, or what is wrong with it.
 * @module
 */
import type { IdentifiedTags } from '#rules/identity/identify-tracks.ts'
import { TEXT_CHARS_MAX } from '#rules/identity/plain-text.ts'

export type ReadLine =
  | { readonly kind: 'tags'; readonly id: unknown; readonly tags: IdentifiedTags }
  | { readonly kind: 'bad'; readonly id: unknown; readonly problem: string }

const texts = ['title', 'artist', 'album', 'remixer', 'fileName'] as const
const numbers = ['year', 'lengthSeconds'] as const

/** Reads a line. Members that nobody asked for are left out; `id` may be any JSON value. */
export function readLine(line: string): ReadLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { kind: 'bad', id: null, problem: line.trim() === '' ? 'an empty line' : 'no JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'bad', id: null, problem: 'no JSON object' }
  }
  const members = new Map(Object.entries(value))
  const id: unknown = members.get('id') ?? null
  const tags: Record<string, string | number> = {}
  for (const name of [...texts, ...numbers]) {
    const member: unknown = members.get(name) ?? undefined
    if (member === undefined) continue
    if (typeof member === 'number' && numbers.some((number) => number === name)) tags[name] = member
    else if (typeof member === 'string' || typeof member === 'number') {
      tags[name] = String(member).slice(0, TEXT_CHARS_MAX)
    } else return { kind: 'bad', id, problem: `/${name} is neither text nor number` }
  }
  return { kind: 'tags', id, tags }
}
