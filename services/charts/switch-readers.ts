/**
 * Switches readers over to what a build decided for the charts of a period: one insert, so that nobody sees some charts
 * switched and others not, which might leave a region with too few accounts beside its sub-regions.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import type { Period } from '#rules/periods.ts'
import { statements } from './chart-statements.ts'
import type { Decision } from './plan-revision.ts'
import { encodePublished, type PublishedChart } from './published-charts.ts'
import { readStrays } from './read-strays.ts'
import { type Stray, withheldRegions } from './withhold.ts'

export interface PlannedChart {
  readonly regionId: string
  readonly genreId: string
  readonly region: string
  readonly genre: string
  readonly djs: number
  readonly plays: number
  readonly decision: Decision
  readonly shown: PublishedChart | undefined
}

export interface Switch {
  readonly store: StoreConnection
  readonly period: Period
  readonly minimumDjs: number
  readonly build: number
  /** Also where nothing was decided a chart may have to be withheld: the minimum is another. */
  readonly isForced: boolean
  readonly published: readonly PublishedChart[]
  readonly planned: readonly PlannedChart[]
  /** The revisions of the charts that get one. */
  readonly revisions: readonly PublishedChart[]
  /** Parameters of the build's statements. */
  readonly params: Record<string, unknown>
  /** A condition of SQL that the engine refuses once another process builds charts. */
  readonly condition: string
}

/** One row a chart switches it; which regions are withheld follows from all that will then be shown. */
export async function switchReaders(job: Switch): Promise<void> {
  const { store, period, build, published, planned, revisions } = job
  const before = new Map(published.map((chart) => [nameOf(chart), chart]))
  const after = new Map(before)
  for (const { decision, shown } of planned) {
    if (decision === 'hide' && shown !== undefined) after.set(nameOf(shown), { ...shown, isHidden: true })
  }
  for (const chart of revisions) after.set(nameOf(chart), chart)

  const withheld = await settleWithheld(job, [...after.values()])
  // Also where what readers see stays the same: the row tells that this build came to its end for the chart.
  const decided = new Set(revisions.map(nameOf))
  const lines: string[] = []
  for (const [name, chart] of after) {
    const isWithheld = withheld.get(chart.genre)?.has(chart.region) ?? chart.isWithheld
    const settled = { ...chart, isWithheld, build }
    const old = before.get(name)
    const isSame = !decided.has(name) && old?.revision === settled.revision && old.isHidden === settled.isHidden
    if (!isSame || old.isWithheld !== (settled.isHidden || settled.isWithheld)) {
      lines.push(encodePublished(period, settled))
    }
  }
  if (lines.length === 0) return
  await store.insert({ table: 'charts.build_published', lines: Buffer.from(lines.join('\n')) })
  await store.run(`${statements.switchReaders} AND ${job.condition}`, job.params)
}

/** By genre the regions that are withheld; without the genres in which nothing is switched. */
async function settleWithheld(
  { store, minimumDjs, isForced, planned, params }: Switch,
  after: readonly PublishedChart[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const switched = new Set(
    planned.flatMap(({ genre, decision }) =>
      isForced || decision === 'publish' || decision === 'hide' ? [genre] : [],
    ),
  )
  const isWaiting = ({ genre, decision, shown }: PlannedChart) =>
    decision === 'wait' && shown?.isHidden === false && switched.has(genre)
  const strays = await readStrays(store, planned.filter(isWaiting), params)
  const straysByGenre = new Map<string, readonly Stray[]>(
    planned.map(({ genre, genreId }) => [genre, strays.get(genreId) ?? []]),
  )
  const djsNow = new Map(planned.map((chart) => [nameOf(chart), chart.djs]))
  const shownByGenre = new Map<string, PublishedChart[]>()
  for (const chart of after) {
    if (chart.isHidden || !switched.has(chart.genre)) continue
    const shown = shownByGenre.get(chart.genre)
    if (shown === undefined) shownByGenre.set(chart.genre, [chart])
    else shown.push(chart)
  }
  return new Map(
    [...switched].map((genre) => {
      const charts = (shownByGenre.get(genre) ?? []).map((chart) => ({
        region: chart.region,
        djs: chart.djs,
        djsNow: djsNow.get(nameOf(chart)) ?? chart.djs,
      }))
      return [genre, withheldRegions(charts, minimumDjs, straysByGenre.get(genre))]
    }),
  )
}

export function nameOf({ region, genre }: { readonly region: string; readonly genre: string }): string {
  return `${region} ${genre}`
}
