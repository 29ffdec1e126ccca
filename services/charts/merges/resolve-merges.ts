/**
 * Applied merges → groups: every track of a group, and the one that it is counted as.
 * @module
 */

export interface AppliedMerge {
  /** Decimal numbers of 64 bits. */
  readonly track: string
  readonly into: string
}

/**
 * For each track of a merged group the track that it is counted as, itself among them. Chains are followed to their end;
 * a circle, which {@link wouldClose} keeps out, would be counted as its smallest track.
 */
export function resolveMerges(merges: readonly AppliedMerge[]): Map<string, string> {
  const next = new Map(merges.map(({ track, into }) => [track, into]))
  const canonical = new Map<string, string>()
  for (const track of new Set(merges.flatMap((merge) => [merge.track, merge.into]))) {
    canonical.set(track, endOf(next, track))
  }
  return canonical
}

/** Whether merging `track` into `into` would close a circle. */
export function wouldClose(merges: readonly AppliedMerge[], track: string, into: string): boolean {
  const next = new Map(merges.map((merge) => [merge.track, merge.into]))
  next.delete(track)
  return into === track || endOf(next, into) === track
}

function endOf(next: ReadonlyMap<string, string>, start: string): string {
  const seen = new Set<string>([start])
  let track = start
  for (let into = next.get(track); into !== undefined; into = next.get(track)) {
    if (seen.has(into)) return [...seen].sort()[0] ?? start
    seen.add(into)
    track = into
  }
  return track
}
