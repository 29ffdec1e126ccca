import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'

/** The bytes 0 to 31. */
const masterKey = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
const pseudonyms = createPseudonyms(masterKey)
const text = fc.string({ unit: 'grapheme' })

describe('pseudonyms', () => {
  // Computed by another implementation (Python's hmac and hashlib, after RFC 5869 and RFC 2104): a change of any of
  // these would lose every account, link and chart that exists.
  it('are the same for ever', () => {
    const owner = pseudonyms.owner('dj-ana')
    const session = pseudonyms.sessionKey(owner, '8c1e', '86')
    expect(owner).toBe('GHWfu28nD_DDw7VAbr22NA')
    expect(session).toBe('QR9gGbD84SdZfzm53I-Yqw')
    expect(pseudonyms.sessionKey(owner, undefined, '86')).toBe('gJ58eEzYmqb34amLNXPyRg')
    expect(pseudonyms.publicId(session)).toBe('2pjO-LNZdpMaZ7r8FqW1pA')
    expect(pseudonyms.contributor(owner)).toBe('1966993611722829449')
    expect(pseudonyms.contributionSession(session)).toBe('18279512954421797078')
    expect(pseudonyms.editor('dj-ana')).toBe('KSsc-K_BXIcKyt430y8vyg')
    expect(pseudonyms.keyCheck).toBe('MxHJ8ZuYVAygbpJqI1QWcw')
  })

  it('give a contributor another number under another version, and leave owners and links as they are', () => {
    const rotated = createPseudonyms(masterKey, { version: 2, salt: Buffer.alloc(32, 9) })
    const owner = rotated.owner('dj-ana')
    expect(rotated.contributor(owner)).toBe('5190139956055766933')
    expect(rotated.contributionSession('QR9gGbD84SdZfzm53I-Yqw')).toBe('14424174619617729609')
    expect(owner).toBe(pseudonyms.owner('dj-ana'))
    expect(rotated.publicId('a')).toBe(pseudonyms.publicId('a'))
  })

  it('make contributors under another key from one moment on, for everybody who holds them', () => {
    const rotating = createPseudonyms(masterKey)
    const key = { version: 2, salt: Buffer.alloc(32, 9) }
    expect(rotating.keyVersion).toBe(1)
    expect(rotating.underContributorKey(key).contributor('a')).not.toBe(rotating.contributor('a'))
    rotating.useContributorKey(key)
    expect(rotating.keyVersion).toBe(2)
    expect(rotating.contributor('a')).toBe(rotating.underContributorKey(key).contributor('a'))
    expect(rotating.contributor('a')).toBe(createPseudonyms(masterKey, key).contributor('a'))
  })

  it('give unrelated ids for separate uses of the same text', () => {
    fc.assert(
      fc.property(text, (id) => {
        const ids = [
          pseudonyms.owner(id),
          pseudonyms.publicId(id),
          pseudonyms.sessionKey(id, undefined, ''),
          pseudonyms.editor(id),
        ]
        expect(new Set(ids).size).toBe(ids.length)
        expect(pseudonyms.contributor(id)).not.toBe(pseudonyms.contributionSession(id))
      }),
    )
  })

  it('give other ids under another master key', () => {
    const others = createPseudonyms(Buffer.alloc(32, 7))
    expect(others.owner('dj-ana')).not.toBe(pseudonyms.owner('dj-ana'))
    expect(others.keyCheck).not.toBe(pseudonyms.keyCheck)
  })

  it('tell two sessions apart wherever the border between history and session lies', () => {
    const part = fc.constantFrom('', '1', '11', '1:1', ':', '-')
    const session = fc.tuple(fc.option(part, { nil: undefined }), part)
    fc.assert(
      fc.property(session, session, ([historyA, idA], [historyB, idB]) => {
        const isSame = historyA === historyB && idA === idB
        const keys = [pseudonyms.sessionKey('owner', historyA, idA), pseudonyms.sessionKey('owner', historyB, idB)]
        expect(keys[0] === keys[1]).toBe(isSame)
      }),
    )
  })

  it('are 22 characters of base64url, or 64 bits in decimal', () => {
    fc.assert(
      fc.property(text, (id) => {
        expect(pseudonyms.owner(id)).toMatch(/^[\w-]{22}$/)
        expect(pseudonyms.editor(id)).toMatch(/^[\w-]{22}$/)
        expect(BigInt.asUintN(64, BigInt(pseudonyms.contributor(id))).toString()).toBe(pseudonyms.contributor(id))
      }),
    )
  })
})
