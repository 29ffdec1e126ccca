/**
 * An erasure as a line of JSON: the same in the file and in Kafka. It names an account by its owner key and nothing else:
 * `{"v":1,"owner":"…","receiptHash":"…","at":"2026-02-14T01:10:00.000Z"}`.
 * @module
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { LedgerEntry } from './erasure-ledger.ts'

const VERSION = 1

const Line = Compile(
  Type.Object({
    v: Type.Literal(VERSION),
    owner: Type.String({ minLength: 1 }),
    receiptHash: Type.String({ minLength: 1 }),
    at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    block: Type.Optional(Type.Literal('under-age')),
  }),
)

/** Without a line break at the end. */
export function encodeLedgerLine({ owner, receiptHash, atMs, block }: LedgerEntry): string {
  return JSON.stringify({ v: VERSION, owner, receiptHash, at: new Date(atMs).toISOString(), block })
}

/** `undefined` for a line that is damaged, or of another version. It may be an erasure, so it cannot be passed over. */
export function decodeLedgerLine(text: string): LedgerEntry | undefined {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Line.Check(line)) return undefined
  const { owner, receiptHash, at, block } = line
  return { owner, receiptHash, atMs: Date.parse(at), ...(block === undefined ? {} : { block }) }
}
