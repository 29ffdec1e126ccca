import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Merge } from '#rules/identity/match-tracks.ts'
import { type KnownMerge, planMerges } from '../../../services/charts/merges/plan-merges.ts'
import { resolveMerges, wouldClose } from '../../../services/charts/merges/resolve-merges.ts'

const find = (from: string, to: string, isSure = true): Merge => ({ from, to, score: 0.9, reason: 'misspelt', isSure })
const known = (track: string, into: string, state: KnownMerge['state'], decidedBy = 'matcher'): KnownMerge => ({
  track,
  into,
  state,
  decidedBy,
})
const plan = (before: readonly KnownMerge[], found: readonly Merge[], seen = '12345') =>
  planMerges(before, found, new Set(seen)).map(({ track, into, state }) => `${track} ${into} ${state}`)

describe('of what the matcher finds', () => {
  it('sure merges apply, doubtful ones wait, and none is decided twice', () => {
    const found = [find('1', '2'), find('3', '4', false)]
    expect(plan([], found)).toEqual(['1 2 applied', '3 4 suggested'])
    expect(plan([known('1', '2', 'applied'), known('3', '4', 'suggested')], found)).toEqual([])
  })

  it('a suggestion that has become sure applies', () => {
    expect(plan([known('1', '2', 'suggested')], [find('1', '2')])).toEqual(['1 2 applied'])
  })

  it('nothing changes where only the track that stays is another one', () => {
    expect(plan([known('1', '2', 'applied'), known('3', '2', 'applied')], [find('2', '1'), find('3', '1')])).toEqual([])
  })

  it('whole groups join', () => {
    const before = [known('1', '2', 'applied'), known('3', '4', 'applied')]
    expect(plan(before, [find('1', '2'), find('3', '2'), find('4', '2')])).toEqual(['4 2 applied'])
  })

  it('an undone merge holds both ways, over other tracks of the groups, and against suggestions', () => {
    const undone = known('1', '2', 'undone', 'eva')
    expect(plan([undone], [find('2', '1')])).toEqual([])
    expect(plan([undone], [find('2', '1', false)])).toEqual([])
    expect(plan([undone], [find('1', '3'), find('2', '3')])).toEqual(['1 3 applied'])
    expect(plan([undone, known('2', '3', 'applied')], [find('1', '3')])).toEqual([])
  })

  it('a track that an editor has merged stays there, and its group takes up others', () => {
    const before = [known('1', '2', 'applied', 'eva')]
    expect(plan(before, [find('1', '3')])).toEqual([])
    expect(plan(before, [find('4', '2')])).toEqual(['4 2 applied'])
  })

  it('groups that the matcher sees apart are only suggested to be one, over a track that is like both', () => {
    const before = [known('1', '2', 'applied')]
    expect(plan(before, [find('1', '3')])).toEqual(['1 3 suggested'])
    // A track that is played no more has no say.
    expect(plan(before, [find('1', '3')], '13')).toEqual(['2 3 applied'])
  })

  it('nothing closes a circle, merges a track twice or joins what was undone', () => {
    const track = fc.constantFrom('1', '2', '3', '4', '5', '6')
    const pair = fc.tuple(track, track).filter(([a, b]) => a !== b)
    const undoings = fc.array(pair, { maxLength: 4 })
    const runs = fc.array(fc.array(fc.tuple(pair, fc.boolean()), { maxLength: 6 }), { maxLength: 4 })
    fc.assert(
      fc.property(undoings, runs, (undone, found) => {
        const rows = new Map(undone.map(([a, b]) => [`${a} ${b}`, known(a, b, 'undone', 'eva')]))
        for (const run of found) {
          const merges = run.map(([[from, to], isSure]) => find(from, to, isSure))
          for (const decision of planMerges([...rows.values()], merges, new Set())) {
            const applied = [...rows.values()].filter(({ state }) => state === 'applied')
            if (decision.state === 'applied') {
              expect(wouldClose(applied, decision.track, decision.into)).toBe(false)
              expect(applied.map((row) => row.track)).not.toContain(decision.track)
            }
            rows.set(`${decision.track} ${decision.into}`, decision)
          }
        }
        const canonical = resolveMerges([...rows.values()].filter(({ state }) => state === 'applied'))
        for (const [a, b] of undone) expect(canonical.get(a) ?? a).not.toBe(canonical.get(b) ?? b)
      }),
    )
  })
})
