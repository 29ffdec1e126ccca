import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  NONCE_PREFIX_BYTES,
  openStream,
  type StreamKey,
  sealStream,
} from '../../../services/standalone/backup/sealed-stream.ts'

const SEALED_CHUNK_BYTES = 64 * 1024 + 16
const newKey = (): StreamKey => ({ key: randomBytes(32), noncePrefix: randomBytes(NONCE_PREFIX_BYTES) })

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes.length === 0 ? bytes.length : (sizes[index % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

const seal = (plain: Buffer, key: StreamKey, sizes: readonly number[] = []) =>
  collect(sealStream(inPieces(plain, sizes), key))
const open = (sealed: Buffer, key: StreamKey, sizes: readonly number[] = []) =>
  collect(openStream(inPieces(sealed, sizes), key))

/** Three whole chunks and a part of one. */
async function sealedChunks(key: StreamKey): Promise<Buffer[]> {
  const sealed = await seal(Buffer.alloc(200_000, 'set'), key)
  const starts = [0, 1, 2, 3].map((number) => number * SEALED_CHUNK_BYTES)
  return starts.map((start) => sealed.subarray(start, start + SEALED_CHUNK_BYTES))
}

describe('a sealed stream', () => {
  it('opens to the same bytes, however both were cut into pieces', async () => {
    const bytes = fc.oneof(fc.nat({ max: 300_000 }), fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072, 131_073))
    const sizes = fc.array(fc.integer({ min: 1_000, max: 100_000 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(bytes, sizes, sizes, async (length, sealSizes, openSizes) => {
        const plain = randomBytes(length)
        const key = newKey()
        expect((await open(await seal(plain, key, sealSizes), key, openSizes)).equals(plain)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('shows nothing of what is in it, and is another each time', async () => {
    const plain = Buffer.alloc(100_000, 'Low Tide')
    const sealed = await seal(plain, newKey())
    expect(sealed.includes('Tide')).toBe(false)
    expect(sealed.equals(await seal(plain, newKey()))).toBe(false)
  })

  it('does not open with another key or another prefix', async () => {
    const key = newKey()
    const sealed = await seal(Buffer.from('Low Tide'), key)
    const refusal = { code: 'backup-refused', message: expect.stringContaining('damaged') }
    await expect(open(sealed, { ...key, key: randomBytes(32) })).rejects.toMatchObject(refusal)
    await expect(open(sealed, { ...key, noncePrefix: randomBytes(7) })).rejects.toMatchObject(refusal)
  })

  it('does not open where a single bit was changed', async () => {
    const key = newKey()
    const sealed = await seal(randomBytes(70_000), key)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        await expect(open(changed, key)).rejects.toMatchObject({ code: 'backup-refused' })
      }),
      { numRuns: 50 },
    )
  })

  it('does not open where it was cut, also between two chunks, or something was put behind it', async () => {
    const key = newKey()
    const chunks = await sealedChunks(key)
    const whole = Buffer.concat(chunks)
    const cuts = [0, 1, SEALED_CHUNK_BYTES, 2 * SEALED_CHUNK_BYTES, 3 * SEALED_CHUNK_BYTES, whole.length - 1]
    for (const cut of cuts) {
      await expect(open(whole.subarray(0, cut), key)).rejects.toMatchObject({ code: 'backup-refused' })
    }
    for (const more of [Buffer.alloc(1), Buffer.alloc(SEALED_CHUNK_BYTES), whole]) {
      await expect(open(Buffer.concat([whole, more]), key)).rejects.toMatchObject({ code: 'backup-refused' })
    }
  })

  it('does not open where chunks were put in another order, left out or repeated', async () => {
    const key = newKey()
    const [first, second, third, last] = await sealedChunks(key)
    const orders = [
      [second, first, third, last],
      [first, third, last],
      [first, second, second, third, last],
      [first, second, last],
    ]
    for (const order of orders) {
      const sealed = Buffer.concat(order.flatMap((chunk) => chunk ?? []))
      await expect(open(sealed, key)).rejects.toMatchObject({ code: 'backup-refused' })
    }
  })
})
