/**
 * What of the matcher's finds is decided: what an editor decided holds, and nothing is decided twice. Pure.
 * @module
 */
import type { Merge } from '#rules/identity/match-tracks.ts'
import { pushToList } from '../push-to-list.ts'
import { MATCHER, type MergeDecision } from './merge-rows.ts'
import { resolveMerges } from './resolve-merges.ts'

/** What holds of a pair already. */
export type KnownMerge = Pick<MergeDecision, 'track' | 'into' | 'state' | 'decidedBy'>

/**
 * The decisions that are new. A sure merge joins the whole groups of its two tracks; it is left out where these hold two
 * tracks whose merge was undone, and where an editor has merged the track into another one. Where a track of the groups
 * was matched as well and found to be neither's, it only suggests: groups that grow from run to run must not come
 * together over a track that is like both.
 *
 * @param seen The tracks that were matched.
 */
export function planMerges(
  known: readonly KnownMerge[],
  found: readonly Merge[],
  seen: ReadonlySet<string>,
): MergeDecision[] {
  const groups = createGroups(known)
  const byEditor = known.filter(({ state, decidedBy }) => state === 'applied' && decidedBy !== MATCHER)
  const mergedByEditor = new Set(byEditor.map(({ track }) => track))
  const sure = found.filter(({ isSure }) => isSure)
  const ofThisRun = createGroups([])
  for (const { track, into } of byEditor) ofThisRun.join(track, into)
  for (const { from, to } of sure) ofThisRun.join(from, to)
  const pairs = new Set(known.flatMap(({ track, into }) => [`${track} ${into}`, `${into} ${track}`]))

  const decisions: MergeDecision[] = []
  // Sure ones first: a suggestion between tracks that have become one is none.
  for (const { from, to, score, reason, isSure } of [...sure, ...found.filter((merge) => !merge.isSure)]) {
    if (mergedByEditor.has(from) || !groups.mayJoin(from, to)) continue
    const isAgreed = [...groups.withAll(from), ...groups.withAll(to)].every(
      (track) => !seen.has(track) || ofThisRun.rootOf(track) === ofThisRun.rootOf(from),
    )
    const applies = isSure && isAgreed
    if (!applies && pairs.has(`${from} ${to}`)) continue
    const [track, into] = applies ? groups.join(from, to) : [from, to]
    decisions.push({ track, into, state: applies ? 'applied' : 'suggested', score, reason, decidedBy: MATCHER })
  }
  return decisions
}

function createGroups(known: readonly KnownMerge[]) {
  const canonical = resolveMerges(known.filter(({ state }) => state === 'applied'))
  const members = new Map<string, string[]>()
  for (const [track, root] of canonical) pushToList(members, root, track)
  const undone = new Map<string, string[]>()
  for (const { track, into, state } of known) {
    if (state !== 'undone') continue
    pushToList(undone, track, into)
    pushToList(undone, into, track)
  }
  const rootOf = (track: string) => canonical.get(track) ?? track
  const membersOf = (root: string) => members.get(root) ?? [root]

  return {
    rootOf,
    /** Every track of the group that a track is in. */
    withAll: (track: string): readonly string[] => membersOf(rootOf(track)),
    /** Whether two tracks are in two groups, and nothing that was undone keeps these apart. */
    mayJoin(a: string, b: string): boolean {
      const [rootA, rootB] = [rootOf(a), rootOf(b)]
      if (rootA === rootB) return false
      return !membersOf(rootA).some((track) => undone.get(track)?.some((other) => rootOf(other) === rootB))
    },
    /** Joins their groups; answers which track is from now on counted as which. */
    join(from: string, to: string): readonly [track: string, into: string] {
      const [track, into] = [rootOf(from), rootOf(to)]
      if (track === into) return [track, into]
      const moved = membersOf(track)
      members.set(into, [...membersOf(into), ...moved])
      members.delete(track)
      canonical.set(into, into)
      for (const member of moved) canonical.set(member, into)
      return [track, into]
    },
  }
}
