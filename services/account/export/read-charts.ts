/**
 * What the charts hold of an account, without any of the pseudonyms that it has there: those would tell which rows of the
 * charts are whose (PRIVACY 4).
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { toTrackId } from '#rules/track-identity.ts'
import type { AccountExport, Contribution } from '#schemas/records/account-export.ts'

/** A row has the plays of one session in one week, 5,000 at most. */
const ROWS_PER_PAGE = 20

/** What a build of the charts knows of the account; `null` where it knows nothing. */
export async function readContributor(
  store: StoreConnection,
  contributor: string,
): Promise<AccountExport['charts']['contributor']> {
  const [row] = await store.rows<{
    consents: number
    statistics: number
    usage: number
    country: string
    subdivision: string
    scenes: string[]
  }>(
    `SELECT consents, statistics, usage, country, subdivision, scenes
     FROM charts.contributors FINAL WHERE contributor = {contributor:UInt64}`,
    { contributor },
  )
  if (row === undefined) return null
  const { consents, statistics, usage, ...rest } = row
  return { contributes: consents === 1, statistics: statistics === 1, usage: usage === 1, ...rest }
}

/**
 * The charts that the account has a part in, or had in an earlier revision, as `region/genre/period`. Only those that are
 * shown: that there is one which is not would tell of others.
 */
export async function readTakenPartIn(store: StoreConnection, contributor: string): Promise<string[]> {
  const rows = await store.rows<{ chart: string }>(
    `SELECT DISTINCT concat(region, '/', genre, '/', period) AS chart FROM charts.published FINAL
     WHERE hidden = 0 AND withheld = 0
       AND (toString(kind), toString(period), reinterpretAsUInt64(substring(toString(region), 1, 8)), cityHash64(toString(genre))) IN
         (SELECT toString(kind), toString(period), region_id, genre_id FROM charts.bases FINAL
          WHERE contributor = {contributor:UInt64}
          UNION ALL
          SELECT toString(kind), toString(period), region_id, genre_id FROM charts.earlier_bases
          WHERE contributor = {contributor:UInt64})
     ORDER BY chart`,
    { contributor },
  )
  return rows.map(({ chart }) => chart)
}

interface ContributionRow {
  week: number
  session: string
  tracks: string[]
  at_seconds: number[]
  artists: string[]
  titles: string[]
  labels: string[]
  genres: string[][]
}

/** The plays that may count, by week and session, in pages. */
export async function* readContributions(store: StoreConnection, contributor: string): AsyncGenerator<Contribution[]> {
  let after = { week: 0, session: '0' }
  for (;;) {
    const rows = await store.rows<ContributionRow>(
      `SELECT week, session, plays.track AS tracks, arrayMap(t -> toUnixTimestamp(t), plays.at) AS at_seconds,
         plays.artist AS artists, plays.title AS titles, plays.label AS labels, genres
       FROM charts.contributions FINAL
       WHERE contributor = {contributor:UInt64} AND (week, session) > ({week:UInt32}, {session:UInt64})
       ORDER BY week, session LIMIT ${ROWS_PER_PAGE}`,
      { contributor, ...after },
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(toContribution)
    after = { week: last.week, session: last.session }
  }
}

function toContribution({ week, tracks, at_seconds, artists, titles, labels, genres }: ContributionRow): Contribution {
  return {
    week: `${Math.floor(week / 100)}-W${String(week % 100).padStart(2, '0')}`,
    plays: tracks.map((track, index) => ({
      trackId: toTrackId(track),
      at: new Date((at_seconds[index] ?? 0) * 1000).toISOString(),
      artist: artists[index] ?? '',
      title: titles[index] ?? '',
      label: labels[index] ?? '',
      genres: genres[index] ?? [],
    })),
  }
}
