import { randomBytes } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { RATIO_MAX, useBoundedGzip } from '#platform/kafka/kafka-gzip.ts'

interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>
  decompress(buffer: Buffer): Promise<Buffer>
}

function codec(): Codec {
  useBoundedGzip()
  return kafkajs.CompressionCodecs[kafkajs.CompressionTypes.GZIP]() as Codec
}

describe('the compression of batches', () => {
  it('gives back what was put in, whether it compresses or not', async () => {
    for (const bytes of [Buffer.alloc(0), randomBytes(100_000), Buffer.alloc(1_000_000, 'low tide ')]) {
      const compressed = await codec().compress({ buffer: bytes })
      expect((await codec().decompress(compressed)).equals(bytes)).toBe(true)
    }
  })

  it('makes sessions smaller', async () => {
    const tracks = Array.from({ length: 2_000 }, (_, index) => ({ id: `${index}`, title: `Title ${index * 7919}` }))
    const bytes = Buffer.from(JSON.stringify(tracks))
    expect((await codec().compress({ buffer: bytes })).length).toBeLessThan(bytes.length / 3)
  })

  it('never lets a reader get more than a certain multiple of what it asked for', async () => {
    const bytes = Buffer.alloc(32 * 1024 * 1024, 'x')
    const compressed = await codec().compress({ buffer: bytes })
    expect(bytes.length / compressed.length).toBeLessThanOrEqual(RATIO_MAX)
  })
})
