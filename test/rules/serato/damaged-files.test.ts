import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSeratoHistory } from '#rules/serato/history-database.ts'
import { readSeratoSession } from '#rules/serato/session-file.ts'
import { bytesOf, deletion, historyRecord, play, session, version } from './session-bytes.ts'

const rowsOf = (bytes: Uint8Array) => readSeratoSession(bytes).plays.map(({ row }) => row)

/** Rows that differ in all four bytes, so that damage to one of them does not make it another. */
const plays = Array.from({ length: 12 }, (_, index) =>
  play(index + 1, { 1: (index + 1) * 0x01030507, ...(index % 3 === 0 ? { 23: '1999', 10: '03:00.00' } : {}) }),
)
const whole = session(...plays)
const endOf = (rows: number) => version().length + plays.slice(0, rows).reduce((sum, { length }) => sum + length, 0)
/** How many records end at or before the place. */
const wholeBefore = (offset: number) => plays.filter((_, row) => endOf(row + 1) <= offset).length

const place = fc.integer({ min: 0, max: whole.length })
/** Bytes as they are found in such files: their tags, lengths and NULs, between anything. */
const pieces = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('oent', 'adat', 'oren', 'uent', 'vrsn', 'oses').map((tag) => Buffer.from(tag)),
      fc.integer({ min: 0, max: 200 }).map((length) => Uint8Array.of(0, 0, 0, length)),
      fc.integer({ min: 0, max: 500 }).map((length) => new Uint8Array(length)),
      fc.constant(play(99)),
      fc.constant(deletion(99)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => bytesOf(...parts))

describe('any bytes', () => {
  it('are read without an error, and every problem names a place in them', () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.uint8Array({ maxLength: 5000 })), (bytes) => {
        for (const { offsetBytes } of [...readSeratoSession(bytes).problems, ...readSeratoHistory(bytes).problems]) {
          expect(offsetBytes).toBeGreaterThanOrEqual(0)
          expect(offsetBytes).toBeLessThanOrEqual(bytes.length)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are read the same wherever they lie in their buffer', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 9 }), (bytes, shift) => {
        const shifted = bytesOf(new Uint8Array(shift).fill(1), bytes).subarray(shift)
        expect(readSeratoSession(shifted)).toEqual(readSeratoSession(bytes))
      }),
    )
  })
})

describe('a damaged file', () => {
  it('that was cut off gives every record that ends before the cut', () => {
    fc.assert(
      fc.property(place, (cut) => {
        expect(rowsOf(whole.subarray(0, cut))).toEqual(rowsOf(whole).slice(0, wholeBefore(cut)))
      }),
      { numRuns: 500 },
    )
  })

  it('with bytes written over gives every record before them', () => {
    fc.assert(
      fc.property(place, fc.uint8Array({ minLength: 1, maxLength: 64 }), (at, bytes) => {
        const damaged = new Uint8Array(whole)
        damaged.set(bytes.subarray(0, whole.length - at), at)
        const before = wholeBefore(at)
        const titles = readSeratoSession(damaged).plays.map(({ tags }) => tags.title)
        for (let row = 1; row <= before; row += 1) expect(titles).toContain(`Title ${row}`)
      }),
      { numRuns: 500 },
    )
  })

  it('with one bit flipped loses at most the record that it is in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const damaged = new Uint8Array(whole)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        const hit = wholeBefore(at)
        const rows = new Set(readSeratoSession(damaged).plays.map(({ tags }) => tags.title))
        for (let row = 1; row <= plays.length; row += 1) {
          if (row !== hit + 1) expect(rows).toContain(`Title ${row}`)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('with NULs between its records loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: plays.length }), (runs) => {
        const parts = plays.flatMap((bytes, index) => [bytes, new Uint8Array(runs[index] ?? 0)])
        expect(readSeratoSession(session(...parts))).toMatchObject({ problems: [] })
        expect(rowsOf(session(...parts))).toEqual(rowsOf(whole))
      }),
    )
  })

  it('into which a stretch of another was spliced gives every record before it', () => {
    fc.assert(
      fc.property(place, place, place, (at, from, to) => {
        const damaged = bytesOf(whole.subarray(0, at), whole.subarray(Math.min(from, to), Math.max(from, to)))
        expect(rowsOf(damaged)).toEqual(expect.arrayContaining(rowsOf(whole).slice(0, wholeBefore(at))))
      }),
      { numRuns: 500 },
    )
  })

  it('made to cost the most is still read in bounded steps', () => {
    // Each of these claims a megabyte of fields, whose values are the next of these, and which do not end there.
    const trap = Buffer.from('oent\0\x0f\xff\xf0adat\0\x0f\xff\xe8\0\0\0\x01\0\0\0\x10', 'latin1')
    const bytes = new Uint8Array(Buffer.alloc(8 * 1024 * 1024, trap))
    expect(readSeratoSession(bytes).problems.at(-1)).toMatchObject({ code: 'too-damaged' })
  })
})

describe('a damaged history database', () => {
  it('gives every session before the damage', () => {
    const sessions = [1, 2, 3].map((row) => historyRecord({ 1: row, 41: 'A name', 43: 1_600_000_000 }))
    const bytes = bytesOf(version('1.0/Serato Scratch LIVE Review'), ...sessions)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length }), (cut) => {
        const { entries } = readSeratoHistory(bytes.subarray(0, cut))
        const left = sessions.filter((_, i) => version().length + (i + 1) * (sessions[0]?.length ?? 0) <= cut).length
        expect(entries.size).toBe(left)
      }),
    )
  })
})
