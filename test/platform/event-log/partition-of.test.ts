import { describe, expect, it } from 'vitest'
import { partitionOf } from '#platform/event-log/partition-of.ts'

describe('the partition of an owner', () => {
  // Hashes from the tests of Kafka's own client (`UtilsTest.testMurmur2`), made positive as it does.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('of %s is where every client of Kafka looks for it', (owner, hash) => {
    for (const partitions of [1, 3, 12, 1_000]) {
      expect(partitionOf(owner, partitions)).toBe((hash & 0x7fffffff) % partitions)
    }
  })

  it('shares owners over all partitions', () => {
    const used = new Set(Array.from({ length: 300 }, (_, index) => partitionOf(`owner-${index}`, 12)))
    expect(used.size).toBe(12)
  })
})
