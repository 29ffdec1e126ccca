/**
 * The regions that a place counts in.
 * @module
 */
import { parentRegion } from '#rules/regions.ts'

const known = new Map<string, readonly string[]>()

/** The place itself and the regions above it, the world last. Remembered: there are some thousand regions. */
export function regionsAround(place: string): readonly string[] {
  const remembered = known.get(place)
  if (remembered !== undefined) return remembered
  const parent = parentRegion(place)
  const regions = parent === undefined ? [place] : [place, ...regionsAround(parent)]
  known.set(place, regions)
  return regions
}
