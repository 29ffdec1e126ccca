import { describe, expect, it } from 'vitest'
import { playedBefore } from '#rules/played-before.ts'
import type { WhyNot } from '#schemas/records/track-play.ts'

/** Plays at these minutes, each with the reason why it does not count. */
const playsAt = (...plays: readonly (readonly [minute: number, whyNot?: WhyNot])[]) =>
  plays.map(([minute, whyNot]) => ({ startedAtMs: minute * 60_000, whyNot }))

describe('directly before a play', () => {
  it('stands the one that began last before it, whatever the order of the upload', () => {
    expect([...playedBefore(playsAt([8], [0], [4]))].sort()).toEqual([
      [0, 2],
      [2, 1],
    ])
  })

  it('stands of plays that began at once the one that was sent first', () => {
    expect([...playedBefore(playsAt([0], [0], [0]))]).toEqual([
      [1, 0],
      [2, 1],
    ])
  })

  it.each(['not-played', 'too-short'] as const)('stands no track that was only listened to (%s)', (whyNot) => {
    expect([...playedBefore(playsAt([0], [4, whyNot], [8]))]).toEqual([[2, 0]])
  })

  it.each(['placeholder', 'no-artist-or-title', 'repeated-in-session', 'in-the-future'] as const)(
    'stands nothing where what was played there does not count (%s)',
    (whyNot) => {
      expect([...playedBefore(playsAt([0], [4, whyNot], [8]))]).toEqual([])
    },
  )
})
