/**
 * The chunks of Serato's history files: 4 ASCII bytes of tag, u32 length (big-endian), body. A record's body is one
 * `adat`: a run of u32 field id, u32 length, value. Damage is yielded as a problem, and reading goes on at the next
 * record; nothing is ever thrown, and the work is bounded for any bytes.
 *
 * @example
 * for (const found of seratoEntries(bytes, 'oent')) if (found.kind === 'record') found.fields.get(6)
 * @module
 */
import { textOf, u32Of } from './field-values.ts'
import type { DamageCode } from './read-problem.ts'

/** A longer chunk is a corrupt one: no record comes near it. */
const CHUNK_BYTES_MAX = 1024 * 1024

/** Field ids in the wild are below 100. Read as fields, the tags of chunks are far above this: so that shows. */
const FIELD_ID_MAX = 0xffff

/** Records in the wild have some thirty fields. Without this, bytes could be made to cost minutes. */
const FIELDS_MAX = 1000

/** After so many damaged places the rest is given up: each may cost a look at {@link FIELDS_MAX}. */
const DAMAGES_MAX = 1000

const HEADER_BYTES = 8

export type SeratoFields = ReadonlyMap<number, Uint8Array>

export type SeratoEntry =
  | { readonly kind: 'version'; readonly text: string }
  | { readonly kind: 'record'; readonly offsetBytes: number; readonly fields: SeratoFields }
  | { readonly kind: 'deletion'; readonly offsetBytes: number; readonly row: number }
  | { readonly kind: 'damage'; readonly offsetBytes: number; readonly code: DamageCode; readonly detail: string }

/**
 * Everything that can be read in a history file, in its order.
 * @param recordTag `oent` in a session, `oses` in `history.database`
 */
export function* seratoEntries(bytes: Uint8Array, recordTag: 'oent' | 'oses'): Generator<SeratoEntry, void> {
  let offset = 0
  let damages = 0
  while (offset < bytes.length) {
    const step = readAt(bytes, offset, recordTag)
    if (step.entry !== undefined) yield step.entry
    if (step.damage !== undefined) {
      damages += 1
      yield { kind: 'damage', ...step.damage }
      if (damages === DAMAGES_MAX) {
        const detail = `more than ${DAMAGES_MAX} damaged places: what follows is not read`
        yield { kind: 'damage', code: 'too-damaged', offsetBytes: step.damage.offsetBytes, detail }
        return
      }
    }
    offset = step.next
  }
}

interface Step {
  readonly entry?: SeratoEntry
  readonly damage?: { readonly code: DamageCode; readonly offsetBytes: number; readonly detail: string }
  /** Where to go on; always further than where the step began. */
  readonly next: number
}

function readAt(bytes: Uint8Array, offset: number, recordTag: string): Step {
  if (bytes[offset] === 0) return skipNuls(bytes, offset, recordTag)
  const damaged = (code: DamageCode, detail: string, next: number): Step => ({
    damage: { code, offsetBytes: offset, detail },
    next,
  })

  if (offset + HEADER_BYTES > bytes.length) return damaged('chunk-cut-off', 'the file ends in a chunk', bytes.length)
  const tag = tagAt(bytes, offset)
  const lengthBytes = u32At(bytes, offset + 4)
  const end = offset + HEADER_BYTES + lengthBytes
  if (!/^[\x20-\x7e]{4}$/.test(tag)) {
    return damaged('not-a-chunk', 'no chunk begins here', nextRecord(bytes, offset + 1, recordTag))
  }
  if (tag === recordTag) return readRecord(bytes, offset, end, recordTag)
  if (lengthBytes > CHUNK_BYTES_MAX) {
    return damaged('chunk-too-long', 'a chunk of more than 1 MiB', nextRecord(bytes, offset + 4, recordTag))
  }
  if (end > bytes.length) {
    return damaged('chunk-cut-off', 'the file ends in a chunk', nextRecord(bytes, offset + 4, recordTag))
  }
  const next = isBoundary(bytes, end) ? end : nextRecord(bytes, offset + 4, recordTag)
  if (tag === 'vrsn') return { entry: { kind: 'version', text: textOf(bytes.subarray(offset + 8, end)) }, next }
  if (tag === 'ocol') return { next }
  if (tag !== 'oren') return damaged('chunk-unknown', 'a chunk of an unknown kind', next)

  const row = tagAt(bytes, offset + HEADER_BYTES) === 'uent' ? u32Of(bytes.subarray(offset + 16, end)) : undefined
  if (row === undefined) return damaged('record-damaged', 'a deletion that names no row', next)
  return { entry: { kind: 'deletion', offsetBytes: offset, row }, next }
}

/**
 * The record at `offset`. Its length stands there twice, outside and inside: where the two disagree, the one holds at
 * which the fields end exactly and something that can follow a record does follow.
 */
function readRecord(bytes: Uint8Array, offset: number, outerEnd: number, recordTag: string): Step {
  const fieldsStart = offset + 2 * HEADER_BYTES
  const isAdat = fieldsStart <= bytes.length && tagAt(bytes, offset + HEADER_BYTES) === 'adat'
  const innerEnd = isAdat ? fieldsStart + u32At(bytes, fieldsStart - 4) : outerEnd
  const isPlausible = (end: number) => end <= bytes.length && end - offset <= CHUNK_BYTES_MAX + HEADER_BYTES

  if (isAdat) {
    for (const end of innerEnd === outerEnd ? [innerEnd] : [innerEnd, outerEnd]) {
      const fields = isPlausible(end) ? readFields(bytes, fieldsStart, end) : undefined
      if (fields === undefined || (innerEnd !== outerEnd && !isBoundary(bytes, end))) continue
      const entry: SeratoEntry = { kind: 'record', offsetBytes: offset, fields }
      if (innerEnd === outerEnd) return { entry, next: end }
      const detail = 'the two lengths of a record disagree; the record is whole'
      return { entry, damage: { code: 'lengths-disagree', offsetBytes: offset, detail }, next: end }
    }
  }
  // Not from its end on: where a length is wrong, whole records lie before that.
  const next = nextRecord(bytes, offset + HEADER_BYTES, recordTag)
  return { damage: { ...recordDamage(bytes, offset, outerEnd, isAdat), offsetBytes: offset }, next }
}

function recordDamage(bytes: Uint8Array, offset: number, outerEnd: number, isAdat: boolean) {
  if (outerEnd - offset > CHUNK_BYTES_MAX + HEADER_BYTES) {
    return { code: 'chunk-too-long', detail: 'a record of more than 1 MiB' } as const
  }
  if (outerEnd > bytes.length) return { code: 'chunk-cut-off', detail: 'the file ends in a record' } as const
  const detail = isAdat ? 'the fields of a record do not fit into it' : 'a record without fields'
  return { code: 'record-damaged', detail } as const
}

/** The fields between the two places, or nothing where they do not end exactly there. */
function readFields(bytes: Uint8Array, start: number, end: number): SeratoFields | undefined {
  const fields = new Map<number, Uint8Array>()
  let offset = start
  for (let count = 0; count < FIELDS_MAX && offset + HEADER_BYTES <= end; count += 1) {
    const id = u32At(bytes, offset)
    const valueEnd = offset + HEADER_BYTES + u32At(bytes, offset + 4)
    if (id > FIELD_ID_MAX || valueEnd > end) return undefined
    fields.set(id, bytes.subarray(offset + HEADER_BYTES, valueEnd))
    offset = valueEnd
  }
  return offset === end ? fields : undefined
}

/** Runs of NULs occur in whole files; what is neither a record nor the end after one is damage. */
function skipNuls(bytes: Uint8Array, offset: number, recordTag: string): Step {
  let end = offset
  while (end < bytes.length && bytes[end] === 0) end += 1
  if (isBoundary(bytes, end)) return { next: end }
  const damage = { code: 'not-a-chunk', offsetBytes: end, detail: 'no chunk begins after a run of NULs' } as const
  return { damage, next: nextRecord(bytes, end, recordTag) }
}

/** Whether a chunk may end here: at another one, at the end of the file, or at NULs before either. */
function isBoundary(bytes: Uint8Array, offset: number): boolean {
  if (offset > bytes.length) return false
  let at = offset
  const nulsEnd = Math.min(bytes.length, offset + CHUNK_BYTES_MAX)
  while (at < nulsEnd && bytes[at] === 0) at += 1
  if (at === bytes.length) return true
  if (at + HEADER_BYTES > bytes.length || !/^[a-z]{4}$/.test(tagAt(bytes, at))) return false
  // The two that matter are known by their tags: their lengths may be the damage.
  return isEntryTag(tagAt(bytes, at)) || at + HEADER_BYTES + u32At(bytes, at + 4) <= bytes.length
}

function isEntryTag(tag: string): boolean {
  return tag === 'oent' || tag === 'oses' || tag === 'oren'
}

/** The next record or deletion; a deletion that is passed over would bring back what was deleted. */
function nextRecord(bytes: Uint8Array, from: number, recordTag: string): number {
  for (let at = bytes.indexOf(0x6f, from); at >= 0; at = bytes.indexOf(0x6f, at + 1)) {
    const tag = tagAt(bytes, at)
    if (tag === recordTag || tag === 'oren') return at
  }
  return bytes.length
}

function tagAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4))
}

/** The caller has made sure that 4 bytes are there. */
function u32At(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0)
}
