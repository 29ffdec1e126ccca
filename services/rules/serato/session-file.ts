/**
 * Reads Serato's `.session` files. A pure function over bytes, without anything of Node.js: it runs in a browser too.
 *
 * @example
 * const { plays, problems } = readSeratoSession(bytes)
 * @module
 */
import { type SeratoFields, seratoEntries } from './chunks.ts'
import { u32Of } from './field-values.ts'
import { readFileName, readPlay, type SeratoPlay, seratoField } from './read-play.ts'
import { PROBLEMS_MAX, type ReadProblem } from './read-problem.ts'

/** Rows of a file; the longest session in the wild has some hundreds, and no server takes more than 5,000. */
const ROWS_MAX = 100_000

export interface SeratoSession {
  /** Whether the bytes are a session file at all, be it a damaged one. */
  readonly isSession: boolean
  /** The rows that were not deleted, each as its last record says, in the order in which they first appear. */
  readonly plays: readonly SeratoPlay[]
  /** What tells this file from any other and never changes while it grows; absent where no record can be read. */
  readonly identity?: Uint8Array<ArrayBuffer>
  /** At most {@link PROBLEMS_MAX} of each kind, in the order in which they were found. */
  readonly problems: readonly ReadProblem[]
}

/** Never throws, whatever the bytes are: what is damaged is told in `problems`, and what is whole is read. */
export function readSeratoSession(bytes: Uint8Array): SeratoSession {
  const rows = new Map<number, { readonly offsetBytes: number; readonly fields: SeratoFields }>()
  const damages: ReadProblem[] = []
  let identity: Uint8Array<ArrayBuffer> | undefined
  let isSession = false

  for (const found of seratoEntries(bytes, 'oent')) {
    if (found.kind === 'version') isSession ||= found.text.includes('Review')
    else if (found.kind === 'damage') damages.push(found)
    else if (found.kind === 'deletion') rows.delete(found.row)
    else {
      const row = u32Of(found.fields.get(seratoField.row) ?? new Uint8Array())
      if (row === undefined) {
        const detail = 'a record without a row'
        damages.push({ kind: 'damage', code: 'record-damaged', offsetBytes: found.offsetBytes, detail })
        continue
      }
      if (rows.size === ROWS_MAX && !rows.has(row)) {
        const detail = `more than ${ROWS_MAX} rows: what follows is not read`
        damages.push({ kind: 'damage', code: 'too-many-rows', offsetBytes: found.offsetBytes, detail })
        break
      }
      isSession = true
      identity ??= identityOf(found.fields)
      rows.set(row, found)
    }
  }

  const notes: ReadProblem[] = []
  const plays = [...rows].map(([row, { offsetBytes, fields }]) =>
    readPlay(row, offsetBytes, fields, (code, detail) => {
      if (notes.length < PROBLEMS_MAX) notes.push({ kind: 'note', code, offsetBytes, detail })
    }),
  )
  const problems = [...damages.slice(0, PROBLEMS_MAX + 1), ...notes]
  return { isSession, plays, problems, ...(identity === undefined ? {} : { identity }) }
}

/** Fields that never leave the computer have no part in it: its hash could be used to try out folder names. */
const identityFields = [
  seratoField.row,
  seratoField.sessionId,
  seratoField.startedAt,
  seratoField.updatedAt,
  seratoField.deck,
  seratoField.title,
  seratoField.artist,
  seratoField.album,
] as const

/** Of the file's first record, what is uploaded anyway. Each part has its length before it, so no two are alike. */
function identityOf(fields: SeratoFields): Uint8Array<ArrayBuffer> {
  const fileName = new TextEncoder().encode(readFileName(fields) ?? '')
  const parts = [...identityFields.map((id) => fields.get(id) ?? new Uint8Array()), fileName]
  const identity = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(identity.buffer)
  let offset = 0
  for (const part of parts) {
    view.setUint32(offset, part.length)
    identity.set(part, offset + 4)
    offset += 4 + part.length
  }
  return identity
}
