import type { ChartRules } from './period-build.ts'

/** The rules of charts, as the settings say. */
export function chartRules(config: {
  readonly CHART_MIN_DJS: number
  readonly CHART_MIN_CHANGED_DJS?: number
  readonly TAKE_BACK_HOURS_MAX: number
  readonly CHART_PLAYS_PER_DJ: number
  readonly ANALYTICS_MIN_DJS: number
}): ChartRules {
  return {
    minimumDjs: config.CHART_MIN_DJS,
    minimumChangedDjs: config.CHART_MIN_CHANGED_DJS ?? config.CHART_MIN_DJS,
    takeBackHoursMax: config.TAKE_BACK_HOURS_MAX,
    playsPerDj: config.CHART_PLAYS_PER_DJ,
    analyticsMinimumDjs: config.ANALYTICS_MIN_DJS,
  }
}
