/**
 * Which charts are withheld so that a region less its published sub-regions tells nothing of a few (CONTRACT, "What
 * protects people").
 *
 * Where every chart is shown as it would be now, accounts of sub-regions are accounts of the region, and counting is enough.
 * Where one waits and another went on, an account may stand behind the one and not behind the other, or behind both with
 * something else: it does not go away when a reader takes the one from the other. Such accounts are the strays.
 * @module
 */
import { parentRegion } from '#rules/regions.ts'

export interface ShownChart {
  readonly region: string
  /** Distinct accounts, as the chart tells them. */
  readonly djs: number
  /** Distinct accounts that it would tell now; the same where it does not wait. */
  readonly djsNow?: number
}

/** So many accounts that all stand in the same way behind charts as they are shown, and would now in another way. */
export interface Stray {
  readonly accounts: number
  /** The regions whose shown charts they stand behind, each with a number for what they give to it. */
  readonly shown: ReadonlyMap<string, number>
  readonly now: ReadonlyMap<string, number>
}

type Published = ReadonlyMap<string, ShownChart>

/**
 * The regions among `charts` (all of one genre and period, each with at least `minimumDjs`) that are withheld.
 *
 * Where a region less its published sub-regions tells of 1 to `minimumDjs - 1` accounts, its published sub-region with the
 * fewest accounts goes too (of equals the first by code), until that is so nowhere. What is left of a region is counted in
 * three ways that are the same where no chart waits: by the numbers that the charts tell; by the accounts that are in none
 * of its sub-regions, however deep; and by the accounts that do not go away when the charts are taken from each other.
 */
export function withheldRegions(
  charts: readonly ShownChart[],
  minimumDjs: number,
  strays: readonly Stray[] = [],
): Set<string> {
  const published = new Map(charts.map((chart) => [chart.region, chart]))
  const straysByRegion = indexStrays(strays)
  const withheld = new Set<string>()
  for (;;) {
    const region = firstTooTelling(published, minimumDjs, straysByRegion)
    if (region === undefined) return withheld
    published.delete(region)
    withheld.add(region)
  }
}

/** The sub-region to withhold next; `undefined` where nothing tells too much. */
function firstTooTelling(
  published: Published,
  minimumDjs: number,
  strays: ReadonlyMap<string, readonly Stray[]>,
): string | undefined {
  const frontier = new Map<string, string[]>()
  for (const region of [...published.keys()].sort()) {
    const [ancestor] = publishedAbove(region, published)
    if (ancestor !== undefined) frontier.set(ancestor, [...(frontier.get(ancestor) ?? []), region])
  }
  for (const [region, below] of frontier) {
    const rests = restsOf(region, below, published, strays)
    if (rests.some((rest) => rest >= 1 && rest < minimumDjs)) return smallest(below, published)
  }
  return undefined
}

/** What is left of a region without the nearest published ones below it: as told, in none of them, not going away. */
function restsOf(
  region: string,
  below: readonly string[],
  published: Published,
  straysByRegion: ReadonlyMap<string, readonly Stray[]>,
): readonly number[] {
  const rest = (djsOf: (region: string) => number) => below.reduce((left, sub) => left - djsOf(sub), djsOf(region))
  const told = rest((one) => published.get(one)?.djs ?? 0)
  const now = rest((one) => published.get(one)?.djsNow ?? published.get(one)?.djs ?? 0)

  const isAlone = (parts: ReadonlyMap<string, number>) =>
    parts.has(region) &&
    ![...parts.keys()].some((sub) => published.has(sub) && publishedAbove(sub, published).includes(region))
  const stays = (parts: ReadonlyMap<string, number>) => {
    const taken = below.flatMap((sub) => parts.get(sub) ?? [])
    return parts.has(region) ? taken.length !== 1 || taken[0] !== parts.get(region) : taken.length > 0
  }
  let alone = now
  let staying = now
  for (const stray of new Set([region, ...below].flatMap((one) => straysByRegion.get(one) ?? []))) {
    alone += stray.accounts * (Number(isAlone(stray.shown)) - Number(isAlone(stray.now)))
    staying += stray.accounts * (Number(stays(stray.shown)) - Number(stays(stray.now)))
  }
  return [told, alone, staying]
}

function indexStrays(strays: readonly Stray[]): ReadonlyMap<string, readonly Stray[]> {
  const byRegion = new Map<string, Stray[]>()
  for (const stray of strays) {
    for (const region of new Set([...stray.shown.keys(), ...stray.now.keys()])) {
      const list = byRegion.get(region) ?? []
      byRegion.set(region, list)
      list.push(stray)
    }
  }
  return byRegion
}

/** The published regions that a region lies in, the nearest first. */
function publishedAbove(region: string, published: Published): string[] {
  const above: string[] = []
  for (let one = parentRegion(region); one !== undefined; one = parentRegion(one)) {
    if (published.has(one)) above.push(one)
  }
  return above
}

function smallest(regions: readonly string[], published: Published): string | undefined {
  return regions.reduce((best: string | undefined, region) => {
    const fewer = best === undefined || (published.get(region)?.djs ?? 0) < (published.get(best)?.djs ?? 0)
    return fewer ? region : best
  }, undefined)
}
