/**
 * Brings the ranks among periods up to date in the analysts' charts of periods that come after one whose charts changed: a
 * correction of an old chart shows in all that come after it, as it does where charts are read.
 * @module
 */
import { deleteUnseenAnalysts } from '#platform/store/unseen-rows.ts'
import { parsePeriod, previousPeriod } from '#rules/periods.ts'
import { type AnalystsSwitch, readShownRevisions, type ShownRevision, switchAnalysts } from './analysts-revisions.ts'
import { analyticsStatements as statements } from './analytics-statements.ts'

/** Resolves with the names of the periods of which it made a revision. Rejects where the store fails, and may be repeated. */
export async function refreshRanks(job: AnalystsSwitch): Promise<string[]> {
  const { store } = job
  const shown = (await readShownRevisions(store)).filter(({ what }) => what === 'charts')
  const builds = await store.rows<{ kind: string; period: string; build: string }>(
    'SELECT kind, period, max(version) AS build FROM charts.published GROUP BY kind, period',
  )
  const refreshed: string[] = []
  for (const revision of shown) {
    const period = parsePeriod(revision.period)
    if (period === undefined) continue
    // Names of periods of one kind sort as their times do. Newer periods are built first, so an older one of the same build
    // came behind; what is brought up to date here stands under the number after that of the build.
    const isStale = builds.some(
      (one) => one.kind === period.kind && one.period < period.name && Number(one.build) >= revision.build,
    )
    if (!isStale) continue
    const next = await refresh(job, revision, { kind: period.kind, previous: previousPeriod(period).name })
    if (next.revision !== revision.revision) refreshed.push(period.name)
    await switchAnalysts({ ...job, build: job.build + 1 }, [next])
  }
  return refreshed
}

/** Writes the next revision; where it would be the same, what is shown is seen to be up to date. */
async function refresh(
  { store }: AnalystsSwitch,
  shown: ShownRevision,
  place: Record<string, unknown>,
): Promise<Omit<ShownRevision, 'build'>> {
  const { what, period, revision } = shown
  const params = { ...place, period, shown_revision: revision, revision: revision + 1 }
  const [row] = await store.rows<{ stale: string }>(statements.countStaleRanks, params)
  if (row?.stale === '0') return { what, period, revision }
  // Of a build that died there may be rows under the next revision.
  await deleteUnseenAnalysts(store, [period])
  await store.run(statements.writeFreshRanks, params)
  return { what, period, revision: revision + 1 }
}
