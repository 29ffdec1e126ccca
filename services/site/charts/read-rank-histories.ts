/**
 * The ranks of a chart's tracks in the periods up to it, for the small line beside each.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, previousPeriod } from '#rules/periods.ts'
import { toTrackId } from '#rules/track-identity.ts'
import type { Chart } from '#schemas/records/chart.ts'

const rankHistoriesSql = readFileSync(new URL('rank-histories.sql', import.meta.url), 'utf8')

/** Periods that a line is drawn over. */
const PERIODS = 12

/** By the track's id: its rank in each period, the oldest first, `undefined` where it was on no chart. */
export type RankHistories = ReadonlyMap<string, readonly (number | undefined)[]>

export async function readRankHistories(
  store: StoreConnection,
  { chart: { region, genre }, entries }: Chart,
  period: Period,
): Promise<RankHistories> {
  if (entries.length === 0) return new Map()
  const periods = lastPeriods(period)
  const rows = await store.rows<{ track: string; ranks: readonly (readonly [string, number])[] }>(rankHistoriesSql, {
    ...{ region, genre, kind: period.kind, periods },
    tracks: entries.map(({ track }) => BigInt(`0x${track.id}`).toString()),
  })
  return new Map(
    rows.map(({ track, ranks }) => {
      const byPeriod = new Map(ranks)
      return [toTrackId(track), periods.map((name) => byPeriod.get(name))]
    }),
  )
}

function lastPeriods(period: Period): string[] {
  const periods = [period]
  while (periods.length < PERIODS) {
    const [oldest = period] = periods
    periods.unshift(previousPeriod(oldest))
  }
  return periods.map(({ name }) => name)
}
