/**
 * Reads Serato's `history.database`, which lists the sessions: name, dates, software, id. Pure, as the session reader.
 * @module
 */
import { type SeratoFields, seratoEntries } from './chunks.ts'
import { textOf, u32Of, unsignedOf } from './field-values.ts'
import { onlyKnown } from './only-known.ts'
import { PROBLEMS_MAX, type ReadProblem } from './read-problem.ts'

const field = { row: 1, dateText: 41, startedAt: 43, endedAt: 44, software: 57, build: 58, uuid: 62 } as const

/** Longest name or version that is taken; a server rejects a session for a longer text than 1,000. */
const TEXT_LENGTH_MAX = 200

/** The end of the year 9999: the last time that RFC 3339 can write. */
const TIME_SECONDS_MAX = 253_402_300_799

/** What the database says of one session. Times are unix seconds. */
export interface HistoryEntry {
  readonly name?: string
  readonly startedAtSeconds?: number
  readonly endedAtSeconds?: number
  readonly softwareName?: string
  readonly softwareVersion?: string
  readonly uuid?: string
}

export interface SeratoHistory {
  readonly isHistory: boolean
  /** By the row of the session, which is the session id of its records. */
  readonly entries: ReadonlyMap<number, HistoryEntry>
  readonly problems: readonly ReadProblem[]
}

/** Never throws, whatever the bytes are. */
export function readSeratoHistory(bytes: Uint8Array): SeratoHistory {
  const entries = new Map<number, HistoryEntry>()
  const problems: ReadProblem[] = []
  for (const found of seratoEntries(bytes, 'oses')) {
    if (found.kind === 'damage' && problems.length <= PROBLEMS_MAX) problems.push(found)
    if (found.kind === 'deletion') entries.delete(found.row)
    if (found.kind !== 'record') continue
    const row = u32Of(found.fields.get(field.row) ?? new Uint8Array())
    if (row !== undefined) entries.set(row, readEntry(found.fields))
  }
  return { isHistory: entries.size > 0, entries, problems }
}

function readEntry(fields: SeratoFields): HistoryEntry {
  const fieldOf = (id: number) => fields.get(id) ?? new Uint8Array()
  const text = (id: number) => {
    const value = textOf(fieldOf(id)).trim()
    return value === '' || value.length > TEXT_LENGTH_MAX ? undefined : value
  }
  const time = (id: number) => {
    const seconds = unsignedOf(fieldOf(id))
    return seconds === undefined || seconds === 0 || seconds > TIME_SECONDS_MAX ? undefined : seconds
  }
  const software = splitSoftware(text(field.software))
  const dateText = text(field.dateText)
  return onlyKnown({
    // Serato keeps the date there until the DJ types a name over it; only what is more than figures is a name.
    name: dateText !== undefined && /\p{L}/u.test(dateText.replace(/[ap]\.?m\.?/gi, '')) ? dateText : undefined,
    startedAtSeconds: time(field.startedAt),
    endedAtSeconds: time(field.endedAt),
    softwareName: software.name,
    softwareVersion: software.version ?? buildOf(fieldOf(field.build)),
    uuid: /^[0-9A-Za-z-]{8,64}$/.exec(text(field.uuid) ?? '')?.[0],
  })
}

/** `Serato DJ Pro 2.4.1` is a name and a version. */
function splitSoftware(text: string | undefined): { name?: string; version?: string } {
  const parts = /^(.*?)\s+v?(\d+(?:\.\d+)+)$/i.exec(text ?? '')
  if (parts?.[1] !== undefined && parts[2] !== undefined) return { name: parts[1], version: parts[2] }
  return text === undefined ? {} : { name: text }
}

/** The build is a number in some versions and a text in others. */
function buildOf(value: Uint8Array): string | undefined {
  const number = u32Of(value)
  const text = number === undefined ? textOf(value).trim() : number === 0 ? '' : String(number)
  return /^[\w.+ -]{1,50}$/.test(text) ? text : undefined
}
