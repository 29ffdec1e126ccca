import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEntry, encodeEntry } from '#platform/event-log/entry-codec.ts'

const entry = fc.record({
  appendedAtMs: fc.integer({ min: 0, max: 8.64e15 }),
  // Well-formed only: UTF-8 has no lone surrogates.
  texts: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
  payload: fc.uint8Array({ maxLength: 500 }),
})

describe('an entry of the embedded log', () => {
  it('reads as it was written', () => {
    fc.assert(
      fc.property(entry, (written) => {
        const read = decodeEntry(encodeEntry(written), written.texts.length)
        expect({ ...read, payload: Uint8Array.from(read.payload) }).toEqual(written)
      }),
    )
  })

  it('is read or refused as damaged, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, isOurs) => {
        const damaged = Buffer.from(isOurs ? [1, ...bytes] : bytes)
        try {
          expect(decodeEntry(damaged, 3).payload.length).toBeLessThanOrEqual(damaged.length - 15)
        } catch (error) {
          expect(error).toMatchObject({ code: 'log-unavailable' })
        }
      }),
    )
  })

  it('refuses a text that is too long for its length', () => {
    const written = { appendedAtMs: 0, texts: ['x'.repeat(65_536)], payload: new Uint8Array() }
    expect(() => encodeEntry(written)).toThrow(RangeError)
  })
})
