/**
 * The periods whose charts stay as they are, because sessions behind them have reached their retention: counted anew,
 * a chart would tell of those that happen to be left.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, periodsTouchingWeek } from '#rules/periods.ts'

/** Tells whether the charts of a period are frozen. */
export async function readFrozenPeriods(store: StoreConnection): Promise<(period: Period) => boolean> {
  const weeks = await store.rows<{ week: number }>('SELECT DISTINCT week FROM charts.frozen_weeks')
  const frozen = new Set(weeks.flatMap(({ week }) => periodsTouchingWeek(week).map(({ name }) => name)))
  return ({ name }) => frozen.has(name)
}
