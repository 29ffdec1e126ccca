/**
 * What somebody tries who has read all of the code, and has none of the keys.
 * @module
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { createPseudonyms, type Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { bytesOf, windowsOf } from './identifiers.ts'

/** Master keys that somebody might have left in. */
const guessedKeys = [
  ...[0, 1, 7, 0xff].map((byte) => Buffer.alloc(32, byte)),
  Buffer.alloc(0),
  ...['tonearm', 'secret', 'changeme'].map((text) => createHash('sha256').update(text).digest()),
]
const keyUses = ['owner', 'session', 'public-id', 'contributor', 'editor', 'receipt', 'audit']
const prefixes = ['', 'contributor:', 'session:', 'hash:', 'seed:', 'tonearm/']

/** Keys that anybody can make. */
function keysFrom(salts: readonly Buffer[]): Buffer[] {
  const derived = guessedKeys.flatMap((key) =>
    salts.flatMap((salt) => keyUses.map((use) => Buffer.from(hkdfSync('sha256', key, salt, `tonearm/${use}/v1`, 32)))),
  )
  return [...guessedKeys, ...keyUses.map((use) => Buffer.from(use)), ...salts, ...derived]
}

/** Digests of a text under such keys and under none. */
function digestsOf(text: string, keys: readonly Buffer[]): Buffer[] {
  const inputs = [...prefixes.map((prefix) => Buffer.from(`${prefix}${text}`)), Buffer.from(text, 'base64url')]
  return inputs.flatMap((input) => [
    ...['md5', 'sha1', 'sha256', 'sha512', 'sha3-256'].map((name) => createHash(name).update(input).digest()),
    ...keys.map((key) => createHmac('sha256', key).update(input).digest()),
  ])
}

/** What the code itself makes of a text, under a master key that is not the one. */
function pseudonymsOf(text: string, made: Pseudonyms): Buffer[] {
  return [
    ...[made.contributor(text), made.contributor(made.owner(text)), made.contributionSession(text)],
    ...[made.owner(text), made.publicId(text), made.editor(text), made.auditSubject(text), made.receiptHash(text)],
    made.sessionKey(made.owner(text), undefined, text),
  ].map(bytesOf)
}

/** Functions of the engine that make 64 bits of a text. */
const engineHashes = ['sipHash64', 'cityHash64', 'xxHash64', 'murmurHash3_64', 'farmHash64', 'metroHash64', 'halfMD5']

async function engineHashesOf(store: StoreConnection, text: string): Promise<Buffer[]> {
  const columns = engineHashes.map((name, index) => `toString(${name}({text:String})) AS h${index}`)
  const [row = {}] = await store.rows<Record<string, string>>(`SELECT ${columns.join(', ')}`, { text })
  return Object.values(row).map(bytesOf)
}

/**
 * The texts that lead to one of the identifiers by something that anybody can compute.
 * @param salts what an attacker may have who has read the tables, but not the master key
 */
export async function findDerivations(
  known: Iterable<string>,
  identifiers: Iterable<string>,
  { store, salts }: { readonly store: StoreConnection; readonly salts: readonly Buffer[] },
): Promise<string[]> {
  const targets = new Set([...identifiers].flatMap((one) => windowsOf(bytesOf(one))))
  const keys = keysFrom(salts)
  const wrong = guessedKeys.flatMap((key) => salts.map((salt) => createPseudonyms(key, { version: 1, salt })))
  const found: string[] = []
  for (const text of new Set(known)) {
    const made = [
      ...digestsOf(text, keys),
      ...wrong.flatMap((pseudonyms) => pseudonymsOf(text, pseudonyms)),
      ...(await engineHashesOf(store, text)),
    ]
    if (made.some((bytes) => windowsOf(bytes).some((window) => targets.has(window)))) found.push(text)
  }
  return found
}
