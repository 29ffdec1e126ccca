/**
 * Seals what a browser keeps for the pages: encrypted and authenticated (JWE, AES-256-GCM), so that it can be neither read
 * nor made elsewhere, and any process with the master key opens it without a state of its own.
 *
 * Sources: RFC 7516 (JWE), RFC 5869 (HKDF).
 * @module
 */
import { hkdfSync } from 'node:crypto'
import { EncryptJWT, type JWTPayload, jwtDecrypt } from 'jose'

const ALGORITHM = 'dir'
const ENCRYPTION = 'A256GCM'

/** What something was sealed as; it opens as nothing else. */
export type SealUse = 'session' | 'sign-in' | 'upload-token'

export interface PageSeal {
  /** @param expiresAtMs Unix milliseconds; afterwards it does not open any more. */
  seal(use: SealUse, content: JWTPayload, expiresAtMs: number): Promise<string>
  /** `undefined` where it was not sealed with this key, or as something else, or has expired. */
  open(use: SealUse, sealed: string): Promise<JWTPayload | undefined>
}

/** The key of the seal, from the master key: a key of its own, as each use has one. */
export function derivePageKey(masterKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'tonearm/page-seal/v1', 32))
}

/** @param now Unix milliseconds. */
export function createPageSeal(key: Uint8Array, now: () => number): PageSeal {
  return {
    seal: (use, content, expiresAtMs) =>
      new EncryptJWT(content)
        .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
        .setAudience(use)
        .setExpirationTime(Math.floor(expiresAtMs / 1000))
        .encrypt(key),
    async open(use, sealed) {
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          audience: use,
          currentDate: new Date(now()),
          requiredClaims: ['exp'],
          keyManagementAlgorithms: [ALGORITHM],
          contentEncryptionAlgorithms: [ENCRYPTION],
        })
        return payload
      } catch {
        return undefined
      }
    },
  }
}
