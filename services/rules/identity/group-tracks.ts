/**
 * Groups of records that are one track, grown from the surest pair on.
 * @module
 */
import type { Comparison, MergeReason } from './compare-records.ts'

export interface ComparedPair extends Comparison {
  readonly a: number
  readonly b: number
}

export interface GroupMerge {
  readonly from: number
  readonly to: number
  readonly bits: number
  readonly reason: MergeReason
  readonly isSure: boolean
}

/** Two groups join by the mean of so many of their pairs: a chain of likenesses is no identity. */
const MEMBERS_COMPARED_MAX = 6

export interface TrackGroups {
  /** Joins the groups of sure pairs, in the order given, and says what merges into which. */
  readonly join: (pairs: readonly ComparedPair[]) => GroupMerge[]
  /** The pairs between groups that did not join, the first of each two groups. */
  readonly suggest: (pairs: readonly ComparedPair[]) => GroupMerge[]
}

export function createTrackGroups(
  count: number,
  compare: (a: number, b: number) => Comparison | undefined,
  weightOf: (record: number) => number,
  idOf: (record: number) => string,
): TrackGroups {
  const groupOf = Int32Array.from({ length: count }, (_, index) => index)
  const membersOf = new Map<number, number[]>()
  const members = (group: number): number[] => membersOf.get(group) ?? [group]
  const group = (record: number): number => groupOf[record] ?? record

  /** Nothing in either may contradict the other, and on the whole they have to agree. */
  const mayJoin = (left: readonly number[], right: readonly number[]): boolean => {
    if (left.length === 1 && right.length === 1) return true
    let agreeing = 0
    let compared = 0
    for (const a of left.slice(0, MEMBERS_COMPARED_MAX)) {
      for (const b of right.slice(0, MEMBERS_COMPARED_MAX)) {
        const comparison = compare(Math.min(a, b), Math.max(a, b))
        if (comparison?.isConflict) return false
        compared++
        if (comparison !== undefined && comparison.bits > 0) agreeing++
      }
    }
    return agreeing * 2 >= compared
  }

  /** The heaviest stays, then the smallest id. */
  const staying = (records: readonly number[]): number =>
    records.reduce((best, record) => {
      const difference = weightOf(record) - weightOf(best)
      return difference > 0 || (difference === 0 && idOf(record) < idOf(best)) ? record : best
    })

  return {
    join(pairs) {
      const bestPair = new Map<number, ComparedPair>()
      for (const pair of pairs) {
        const [left, right] = [group(pair.a), group(pair.b)]
        if (left !== right) {
          if (!mayJoin(members(left), members(right))) continue
          // The smaller goes into the larger, so that joining many costs little more than reading them.
          const isLeftLarger = members(left).length >= members(right).length
          const [to, from] = isLeftLarger ? [left, right] : [right, left]
          const joined = members(to)
          for (const record of members(from)) {
            groupOf[record] = to
            joined.push(record)
          }
          membersOf.delete(from)
          membersOf.set(to, joined)
        }
        for (const record of [pair.a, pair.b]) if (!bestPair.has(record)) bestPair.set(record, pair)
      }
      return [...membersOf.values()]
        .map((records) => records.sort((a, b) => a - b))
        .sort(([a = 0], [b = 0]) => a - b)
        .flatMap((records) => {
          const to = staying(records)
          return records.flatMap((from): GroupMerge[] => {
            const pair = bestPair.get(from)
            if (from === to || pair === undefined) return []
            return [{ from, to, bits: pair.bits, reason: pair.reason, isSure: true }]
          })
        })
    },
    suggest(pairs) {
      const seen = new Set<string>()
      return pairs.flatMap((pair): GroupMerge[] => {
        const [left, right] = [group(pair.a), group(pair.b)].sort((a, b) => a - b)
        if (left === undefined || right === undefined || left === right || pair.isConflict) return []
        const between = `${left} ${right}`
        if (seen.has(between)) return []
        seen.add(between)
        const [one, other] = [staying(members(left)), staying(members(right))]
        const to = staying([one, other])
        return [{ from: to === one ? other : one, to, bits: pair.bits, reason: pair.reason, isSure: false }]
      })
    },
  }
}
