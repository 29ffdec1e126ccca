/**
 * Pseudonyms: HMAC-SHA-256 under keys that HKDF derives from the master key, a separate one for each use, so that no id
 * of one audience can be joined to an id of another (PRIVACY 4). The account id itself is written nowhere.
 *
 * Sources: RFC 5869 (HKDF), RFC 2104 (HMAC).
 * @module
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** The uses a key is derived for. `contributor` gets new versions; the others stay, or links would be lost. */
type KeyUse =
  | 'owner'
  | 'session'
  | 'public-id'
  | 'contributor'
  | 'editor'
  | 'receipt'
  | 'audit'
  | 'analyst'
  | 'noise'
  | 'key-check'

/** A version of the contributor key: derived from the master key and its salt, so that it is destroyed with the salt. */
export interface ContributorKey {
  /** From 1. */
  readonly version: number
  readonly salt: Buffer
}

/** The pseudonyms that one version of the contributor key makes. */
export interface ContributorPseudonyms {
  /** Version of the key that makes them; it stands in each row with one. */
  readonly keyVersion: number
  /** Contributor in charts: a 64-bit unsigned integer in decimal. */
  contributor(owner: string): string
  /** A session among the contributions: a 64-bit unsigned integer in decimal. */
  contributionSession(sessionKey: string): string
}

/** Nobody guesses one of these, and none is issued twice. */
const RECEIPT_RANDOM_BYTES = 16
const RECEIPT_SEAL_BYTES = 16

/** `keyVersion` and what it makes change in a rotation, between two batches of ingest and two builds of the charts. */
export interface Pseudonyms extends ContributorPseudonyms {
  /** Owner key of an account: 22 characters of base64url. The only name of an account beyond the edge. */
  owner(accountId: string): string
  /** Key of a session, from what identifies it: 22 characters of base64url. */
  sessionKey(owner: string, historyId: string | undefined, sessionId: string): string
  /** Public id of a session: 22 characters of base64url. */
  publicId(sessionKey: string): string
  /** An editor in the history of merges: 22 characters of base64url. */
  editor(accountId: string): string
  /**
   * A receipt of an erasure, of the time it is asked for (Unix milliseconds) and 16 random bytes: base64url that only this
   * key can have made.
   */
  issueReceipt(issuedAtMs: number, random: Uint8Array): string
  /** When a receipt was issued, Unix milliseconds; `undefined` where it is none of ours. */
  receiptIssuedAtMs(receipt: string): number | undefined
  /** What a receipt of an erasure is stored as: 22 characters of base64url. */
  receiptHash(receipt: string): string
  /**
   * The number that makes the members which stand in for an erased account in the charts that it was part of, until they
   * are built without it: a 64-bit unsigned integer in decimal.
   */
  erasureSeed(receiptHash: string): string
  /** An account in the audit trail: 22 characters of base64url. */
  auditSubject(accountId: string): string
  /** An analyst in the log of statements: 22 characters of base64url. */
  analyst(accountId: string): string
  /**
   * 64 bytes for a cell of the analysts' tables, which its noise is drawn from. Its key stays in a rotation: a cell with
   * noise of two keys would have it averaged.
   */
  noiseOf(seed: string): Buffer
  /** Proves which master key a store was filled with, without telling it. */
  readonly keyCheck: string
}

/** What a service holds through a rotation. */
export interface RotatingPseudonyms extends Pseudonyms {
  /** Makes contributors with this key from now on, for everybody who holds these pseudonyms. */
  useContributorKey(key: ContributorKey): void
  /** What another version makes, beside the one in use. */
  underContributorKey(key: ContributorKey): ContributorPseudonyms
}

/** Version 1 of a store that was filled before its versions had salts. */
export const unsaltedKey: ContributorKey = { version: 1, salt: Buffer.alloc(0) }

/** Derives all keys from the master key (32 bytes). */
export function createPseudonyms(masterKey: Buffer, contributorKey: ContributorKey = unsaltedKey): RotatingPseudonyms {
  const derive = (use: KeyUse, { version, salt } = unsaltedKey) =>
    Buffer.from(hkdfSync('sha256', masterKey, salt, `tonearm/${use}/v${version}`, 32))
  const ownerKey = derive('owner')
  const sessionKey = derive('session')
  const publicIdKey = derive('public-id')
  const editorKey = derive('editor')
  const receiptKey = derive('receipt')
  const auditKey = derive('audit')
  const analystKey = derive('analyst')
  const noiseKey = derive('noise')
  let contributors = underContributorKey(contributorKey)

  function underContributorKey(key: ContributorKey): ContributorPseudonyms {
    const derived = derive('contributor', key)
    return {
      keyVersion: key.version,
      contributor: (owner) => unsigned64(mac(derived, `contributor:${owner}`)),
      contributionSession: (session) => unsigned64(mac(derived, `session:${session}`)),
    }
  }

  const receiptSeal = (body: Buffer) =>
    createHmac('sha256', receiptKey).update('seal:').update(body).digest().subarray(0, RECEIPT_SEAL_BYTES)

  return {
    get keyVersion() {
      return contributors.keyVersion
    },
    contributor: (owner) => contributors.contributor(owner),
    contributionSession: (key) => contributors.contributionSession(key),
    useContributorKey(key) {
      contributors = underContributorKey(key)
    },
    underContributorKey,
    owner: (accountId) => base64Url(mac(ownerKey, accountId)),
    // Lengths stand before the parts, so that no two different triples give the same input.
    sessionKey: (owner, historyId, sessionId) =>
      base64Url(
        mac(sessionKey, `${owner}${historyId === undefined ? '-' : historyId.length}:${historyId ?? ''}${sessionId}`),
      ),
    publicId: (key) => base64Url(mac(publicIdKey, key)),
    editor: (accountId) => base64Url(mac(editorKey, accountId)),
    issueReceipt: (issuedAtMs, random) => {
      const body = Buffer.alloc(6 + RECEIPT_RANDOM_BYTES)
      body.writeUIntBE(issuedAtMs, 0, 6)
      body.set(random.subarray(0, RECEIPT_RANDOM_BYTES), 6)
      return Buffer.concat([body, receiptSeal(body)]).toString('base64url')
    },
    receiptIssuedAtMs: (receipt) => {
      const bytes = Buffer.from(receipt, 'base64url')
      const body = bytes.subarray(0, 6 + RECEIPT_RANDOM_BYTES)
      const seal = bytes.subarray(body.length)
      // Also the text has to be the one that was issued: bits that base64url leaves over make no second receipt.
      if (seal.length !== RECEIPT_SEAL_BYTES || bytes.toString('base64url') !== receipt) return undefined
      return timingSafeEqual(seal, receiptSeal(body)) ? body.readUIntBE(0, 6) : undefined
    },
    receiptHash: (receipt) => base64Url(mac(receiptKey, `hash:${receipt}`)),
    erasureSeed: (receiptHash) => unsigned64(mac(receiptKey, `seed:${receiptHash}`)),
    auditSubject: (accountId) => base64Url(mac(auditKey, accountId)),
    analyst: (accountId) => base64Url(mac(analystKey, accountId)),
    noiseOf: (seed) => createHmac('sha512', noiseKey).update(seed).digest(),
    keyCheck: base64Url(mac(derive('key-check'), 'tonearm')),
  }
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** The first 128 bits as text. */
function base64Url(digest: Buffer): string {
  return digest.toString('base64url', 0, 16)
}

/** The first 64 bits as an integer; of a million accounts two share one with a probability of 3 in 100 million. */
function unsigned64(digest: Buffer): string {
  return digest.readBigUInt64BE(0).toString()
}
