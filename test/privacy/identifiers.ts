/**
 * Identifiers as who wants to join them sees them: bytes, whatever text they were written as.
 * @module
 */
import { columns } from '#schemas/privacy/columns.ts'
import type { LabelName } from '#schemas/privacy/labels.ts'

/** Labels of columns whose values name somebody or something of somebody. Each is made for one use, and meets no other. */
const identifierLabels = [
  'owner-key',
  'session-key',
  'public-id',
  'contributor',
  'contribution-session',
  'renewed-pseudonym',
  'editor',
] as const satisfies readonly LabelName[]

/** Columns that hold identifiers among others of their label. */
const further: Readonly<Record<string, string>> = {
  'playlists.erasures.receipt_hash': 'erasure',
  'audit.actions.actor': 'audit-entry',
  'audit.actions.subject': 'audit-entry',
  'audit.queries.analyst': 'analyst-entry',
}

export interface IdentifierColumn {
  readonly table: string
  readonly column: string
  readonly label: string
}

/** Every column with identifiers. */
export const identifierColumns: readonly IdentifierColumn[] = Object.entries(columns).flatMap(([table, ofTable]) =>
  Object.entries(ofTable).flatMap(([column, label]) => {
    const known = identifierLabels.some((name) => name === label) ? label : further[`${table}.${column}`]
    return known === undefined ? [] : [{ table, column, label: known }]
  }),
)

/** 8 bytes of a number of 64 bits, most significant first; 16 of a text of base64url. */
export function bytesOf(identifier: string): Buffer {
  if (!/^\d{1,20}$/.test(identifier)) return Buffer.from(identifier, 'base64url')
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(identifier))
  return bytes
}

/** Every 8 bytes in a row, in both orders, as hex: two identifiers with one in common can be joined. */
export function windowsOf(bytes: Buffer): string[] {
  const windows: string[] = []
  for (let from = 0; from + 8 <= bytes.length; from += 1) {
    const window = bytes.subarray(from, from + 8)
    windows.push(window.toString('hex'), Buffer.from(window).reverse().toString('hex'))
  }
  return windows
}

/** Everything that the identifier may have been written as, whole or its first 64 bits. */
export function textsOf(identifier: string): string[] {
  const bytes = bytesOf(identifier)
  const pieces = [bytes, bytes.subarray(0, 8), bytes.subarray(-8)].flatMap((piece) => [
    piece,
    Buffer.from(piece).reverse(),
  ])
  const texts = pieces.flatMap((piece) => [
    ...[piece.toString('hex'), piece.toString('hex').toUpperCase()],
    ...[piece.toString('base64url'), piece.toString('base64').replace(/=+$/, '')],
    ...(piece.length === 8 ? [piece.readBigUInt64BE().toString(), piece.readBigInt64BE().toString()] : []),
  ])
  return [...new Set([identifier, ...texts])]
}

/** The pairs of identifiers, one of each side, that share 64 bits. */
export function joinsBetween(left: Iterable<string>, right: Iterable<string>): [string, string][] {
  const byWindow = new Map<string, string>()
  for (const one of left) for (const window of windowsOf(bytesOf(one))) byWindow.set(window, one)
  const joins: [string, string][] = []
  for (const other of right) {
    const one = windowsOf(bytesOf(other)).flatMap((window) => byWindow.get(window) ?? [])[0]
    if (one !== undefined) joins.push([one, other])
  }
  return joins
}

/** Of the identifiers those that a text holds, however written. */
export function identifiersIn(text: string, identifiers: Iterable<string>): string[] {
  return [...identifiers].filter((one) => textsOf(one).some((written) => text.includes(written)))
}
