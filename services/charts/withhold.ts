/**
 * Which charts are withheld so that a region less its published sub-regions tells nothing of a few (CONTRACT, "What
 * protects people").
 * @module
 */
import { parentRegion } from '#rules/regions.ts'

export interface ShownChart {
  readonly region: string
  /** Distinct accounts, as the chart tells them. */
  readonly djs: number
}

/**
 * The regions among `charts` (all of one genre and period, each with at least `minimumDjs`) that are withheld.
 *
 * Where the accounts of a region that are in none of its published sub-regions, however deep, would be 1 to
 * `minimumDjs - 1`, its published sub-region with the fewest accounts goes too (of equals the first by code), until
 * that is so nowhere.
 */
export function withheldRegions(charts: readonly ShownChart[], minimumDjs: number): Set<string> {
  const published = new Map(charts.map(({ region, djs }) => [region, djs]))
  const withheld = new Set<string>()
  for (;;) {
    const region = firstTooTelling(published, minimumDjs)
    if (region === undefined) return withheld
    published.delete(region)
    withheld.add(region)
  }
}

/** The sub-region to withhold next; `undefined` where nothing tells too much. */
function firstTooTelling(published: ReadonlyMap<string, number>, minimumDjs: number): string | undefined {
  const frontier = new Map<string, string[]>()
  for (const region of [...published.keys()].sort()) {
    const ancestor = nearestPublished(region, published)
    if (ancestor !== undefined) frontier.set(ancestor, [...(frontier.get(ancestor) ?? []), region])
  }
  for (const [region, below] of frontier) {
    const djsBelow = below.reduce((sum, sub) => sum + (published.get(sub) ?? 0), 0)
    const rest = (published.get(region) ?? 0) - djsBelow
    if (rest >= 1 && rest < minimumDjs) return smallest(below, published)
  }
  return undefined
}

function nearestPublished(region: string, published: ReadonlyMap<string, number>): string | undefined {
  for (let above = parentRegion(region); above !== undefined; above = parentRegion(above)) {
    if (published.has(above)) return above
  }
  return undefined
}

function smallest(regions: readonly string[], djs: ReadonlyMap<string, number>): string | undefined {
  return regions.reduce((best: string | undefined, region) => {
    const fewer = best === undefined || (djs.get(region) ?? 0) < (djs.get(best) ?? 0)
    return fewer ? region : best
  }, undefined)
}
