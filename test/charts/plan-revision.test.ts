import { expect, it } from 'vitest'
import {
  type ComparedChart,
  type CountedChart,
  mustBeCompared,
  planRevision,
} from '../../services/charts/plan-revision.ts'

const HOUR_MS = 3_600_000
const nowMs = Date.UTC(2026, 1, 14)
const rules = { minimumDjs: 5, minimumChangedDjs: 5, takeBackHoursMax: 24, nowMs, isForced: false }
const shown: CountedChart = {
  djs: 9,
  changed: 0,
  takenBackAtMs: undefined,
  wasPublished: true,
  isShown: true,
  shownDjs: 9,
}
const hidden = { ...shown, isShown: false }
const never = { ...hidden, wasPublished: false, shownDjs: 0 }
const due = nowMs - 24 * HOUR_MS
const forced = { isForced: true }

it.each<[string, CountedChart & Partial<ComparedChart>, string, Partial<typeof rules>]>([
  ['a new chart is published', { ...never, changed: 9 }, 'publish', {}],
  ['a new chart waits for nothing', { ...never, djs: 5, changed: 5 }, 'publish', { minimumChangedDjs: 9 }],
  ['a new chart below the minimum is not published', { ...never, djs: 4, changed: 4 }, 'keep', {}],
  ['a chart that nobody changed stays', shown, 'keep', {}],
  ['one change waits', { ...shown, changed: 1 }, 'wait', {}],
  ['four changes wait', { ...shown, changed: 4 }, 'wait', {}],
  ['five changes are published', { ...shown, changed: 5 }, 'publish', {}],
  ['a take-back waits a day', { ...shown, changed: 1, takenBackAtMs: due + 1 }, 'wait', {}],
  ['a take-back waits no longer', { ...shown, changed: 1, takenBackAtMs: due }, 'publish', {}],
  ['a take-back by which a chart falls below the minimum waits too', { ...shown, djs: 4, changed: 1 }, 'wait', {}],
  ['then it hides the chart', { ...shown, djs: 4, changed: 1, takenBackAtMs: due }, 'hide', {}],
  ['five changes hide a chart that is below the minimum', { ...shown, djs: 4, changed: 5 }, 'hide', {}],
  ['a hidden chart that fills again waits for five', { ...hidden, djs: 5, changed: 1 }, 'wait', {}],
  ['a hidden chart that is again what it was is shown', hidden, 'publish', {}],
  ['other settings make all charts anew', shown, 'publish', forced],
  ['other settings hide what is below the new minimum', { ...shown, djs: 4 }, 'hide', forced],
  ['but they do not push out a single change', { ...shown, changed: 1 }, 'wait', forced],
  [
    'a raised minimum hides what it forbids, also where a change waits',
    { ...shown, changed: 1 },
    'hide',
    { minimumDjs: 10 },
  ],
  [
    'five changes wait where an earlier revision differs by four',
    { ...shown, changed: 5, leastDifference: 4 },
    'wait',
    {},
  ],
  [
    'they go out where each earlier revision differs by five',
    { ...shown, changed: 9, leastDifference: 5 },
    'publish',
    {},
  ],
  ['a hidden chart waits for them too', { ...hidden, djs: 5, changed: 5, leastDifference: 2 }, 'wait', {}],
  [
    'a take-back that is due waits for no earlier revision either',
    { ...shown, changed: 5, leastDifference: 1, takenBackAtMs: due },
    'publish',
    {},
  ],
  [
    'without a wait for take-backs, each goes out at once',
    { ...shown, changed: 1, takenBackAtMs: nowMs },
    'publish',
    { takeBackHoursMax: 0 },
  ],
])('%s', (_, chart, decision, changed) => {
  const compared = { leastDifference: chart.changed, ...chart }
  expect(planRevision(compared, { ...rules, ...changed })).toBe(decision)
})

it.each<[string, CountedChart, boolean]>([
  ['one that enough accounts changed', { ...shown, changed: 5 }, true],
  ['one that too few changed, which waits anyway', { ...shown, changed: 4 }, false],
  ['one that nobody has seen', { ...never, changed: 9 }, false],
  ['one that is too small, of which nothing is shown', { ...shown, djs: 4, changed: 9 }, false],
  ['one whose take-back is due', { ...shown, changed: 9, takenBackAtMs: due }, false],
])('is or is not held against its earlier revisions: %s', (_, chart, isCompared) => {
  expect(mustBeCompared(chart, rules)).toBe(isCompared)
})
