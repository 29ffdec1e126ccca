import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutBatches } from '#platform/event-log/cut-batches.ts'

const record = (bytes: number, offset: number) => ({
  partition: 0,
  offset,
  owner: 'anna',
  payload: new Uint8Array(bytes),
  appendedAtMs: 0,
})

describe('cutting what the brokers answer into batches', () => {
  it('leaves out nothing, changes no order, and keeps to the limits but for one large event', () => {
    const sizes = fc.array(fc.nat(30), { maxLength: 60 })
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 50 }),
        (bytes, recordsMax, bytesMax) => {
          const records = bytes.map(record)
          const pieces = [...cutBatches(records, { recordsMax, bytesMax })]
          expect(pieces.flat()).toEqual(records)
          for (const piece of pieces) {
            expect(piece.length).toBeGreaterThan(0)
            expect(piece.length).toBeLessThanOrEqual(recordsMax)
            const total = piece.reduce((sum, { payload }) => sum + payload.length, 0)
            expect(total <= bytesMax || piece.length === 1).toBe(true)
          }
        },
      ),
    )
  })

  it('makes no more batches than the limits ask for', () => {
    const pieces = [...cutBatches([3, 3, 3, 10, 1].map(record), { recordsMax: 10, bytesMax: 6 })]
    expect(pieces.map((piece) => piece.length)).toEqual([2, 1, 1, 1])
  })
})
