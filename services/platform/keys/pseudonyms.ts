/**
 * Pseudonyms: HMAC-SHA-256 under keys that HKDF derives from the master key, a separate one for each use, so that no id
 * of one audience can be joined to an id of another (PRIVACY 4). The account id itself is written nowhere.
 *
 * Sources: RFC 5869 (HKDF), RFC 2104 (HMAC).
 * @module
 */
import { createHmac, hkdfSync } from 'node:crypto'

/** The uses a key is derived for. `contributor` may get a new version; the others stay, or links would be lost. */
type KeyUse = 'owner' | 'session' | 'public-id' | 'contributor' | 'editor' | 'receipt' | 'audit' | 'key-check'

export interface Pseudonyms {
  /** Owner key of an account: 22 characters of base64url. The only name of an account beyond the edge. */
  owner(accountId: string): string
  /** Key of a session, from what identifies it: 22 characters of base64url. */
  sessionKey(owner: string, historyId: string | undefined, sessionId: string): string
  /** Public id of a session: 22 characters of base64url. */
  publicId(sessionKey: string): string
  /** Contributor in charts: a 64-bit unsigned integer in decimal. */
  contributor(owner: string): string
  /** A session among the contributions: a 64-bit unsigned integer in decimal. */
  contributionSession(sessionKey: string): string
  /** An editor in the history of merges: 22 characters of base64url. */
  editor(accountId: string): string
  /** What a receipt of an erasure is stored as: 22 characters of base64url. */
  receiptHash(receipt: string): string
  /**
   * The number that makes the members which stand in for an erased account in the charts that it was part of, until they
   * are built without it: a 64-bit unsigned integer in decimal.
   */
  erasureSeed(receiptHash: string): string
  /** An account in the audit trail: 22 characters of base64url. */
  auditSubject(accountId: string): string
  /** Proves which master key a store was filled with, without telling it. */
  readonly keyCheck: string
}

/** Derives all keys from the master key (32 bytes). */
export function createPseudonyms(masterKey: Buffer, contributorKeyVersion = 1): Pseudonyms {
  const derive = (use: KeyUse, version = 1) =>
    Buffer.from(hkdfSync('sha256', masterKey, '', `tonearm/${use}/v${version}`, 32))
  const ownerKey = derive('owner')
  const sessionKey = derive('session')
  const publicIdKey = derive('public-id')
  const editorKey = derive('editor')
  const receiptKey = derive('receipt')
  const auditKey = derive('audit')
  const contributorKey = derive('contributor', contributorKeyVersion)

  return {
    owner: (accountId) => base64Url(mac(ownerKey, accountId)),
    // Lengths stand before the parts, so that no two different triples give the same input.
    sessionKey: (owner, historyId, sessionId) =>
      base64Url(
        mac(sessionKey, `${owner}${historyId === undefined ? '-' : historyId.length}:${historyId ?? ''}${sessionId}`),
      ),
    publicId: (key) => base64Url(mac(publicIdKey, key)),
    contributor: (owner) => unsigned64(mac(contributorKey, `contributor:${owner}`)),
    contributionSession: (key) => unsigned64(mac(contributorKey, `session:${key}`)),
    editor: (accountId) => base64Url(mac(editorKey, accountId)),
    receiptHash: (receipt) => base64Url(mac(receiptKey, `hash:${receipt}`)),
    erasureSeed: (receiptHash) => unsigned64(mac(receiptKey, `seed:${receiptHash}`)),
    auditSubject: (accountId) => base64Url(mac(auditKey, accountId)),
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
