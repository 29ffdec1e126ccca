import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BPM_MAX, BPM_MIN, comparableBpm, readBpm } from '#rules/tags/bpm.ts'
import { Tags } from '#schemas/records/track-play.ts'

describe('beats per minute', () => {
  it.each([
    ['124', 124],
    ['124.02', 124.02],
    ['124,02', 124.02],
    ['124.', 124],
    [' 124 BPM ', 124],
    ['99,5bpm', 99.5],
    ['124.00', 124],
    ['087', 87],
    [128, 128],
    [127.98, 127.98],
  ])('%j is %d', (value, bpm) => {
    expect(readBpm(value)).toBe(bpm)
  })

  it.each([
    'fast',
    '',
    ' ',
    '0',
    '19',
    '1000',
    '9000',
    '124-126',
    '-124',
    '1,240',
    '1.240,5',
    '0x80',
    '1e2',
    '12 4',
    'BPM',
  ])('"%s" is none', (text) => {
    expect(readBpm(text)).toBeUndefined()
  })

  it.each([0, -124, 19.9, 999.1, Number.NaN, Number.POSITIVE_INFINITY])('%d is none', (number) => {
    expect(readBpm(number)).toBeUndefined()
  })

  it('have the bounds of the tag', () => {
    expect(Tags.properties.bpm).toMatchObject({ minimum: BPM_MIN, maximum: BPM_MAX })
  })

  it('are read out of any text without an error, and reading what was read changes nothing', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^ ?\d{0,5}[.,]?\d{0,3} ?(bpm)?$/))
    fc.assert(
      fc.property(text, (any) => {
        const bpm = readBpm(any)
        if (bpm !== undefined) expect([readBpm(bpm), readBpm(String(bpm))]).toEqual([bpm, bpm])
      }),
    )
  })
})

describe('beats per minute, to compare', () => {
  it.each([
    [87, 174],
    [174, 174],
    [64, 128],
    [256, 128],
    [20, 160],
    [90, 90],
    [180, 90],
  ])('%d is %d', (bpm, comparable) => {
    expect(comparableBpm(bpm)).toBe(comparable)
  })

  it('are none where there are none', () => {
    for (const bpm of [0, 9000, Number.NaN]) expect(comparableBpm(bpm)).toBeUndefined()
  })

  it('are the same for a tempo and its double, lie between 90 and 180, and compare as themselves', () => {
    fc.assert(
      fc.property(fc.double({ min: BPM_MIN, max: BPM_MAX / 2, noNaN: true }), (bpm) => {
        const comparable = comparableBpm(bpm)
        expect(comparable).toBe(comparableBpm(bpm * 2))
        expect(comparable).toBeGreaterThanOrEqual(90)
        expect(comparable).toBeLessThan(180)
        expect(comparableBpm(comparable ?? 0)).toBe(comparable)
      }),
    )
  })
})
