import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { contributionBounds, createAnalystsNoise } from '../../../../services/charts/analytics/noise/analysts-noise.ts'
import { createChartBuilder } from '../../../../services/charts/build-charts.ts'
import { openPipeline } from '../../../model/open-pipeline.ts'
import { generateWeeks } from '../attack/generated-weeks.ts'

const MINIMUM = 3
const ACCOUNTS = 40
const WEEKS = ['2026-W18', '2026-W19', '2026-W20']
const rules = {
  minimumDjs: MINIMUM,
  minimumChangedDjs: MINIMUM,
  takeBackHoursMax: 24,
  playsPerDj: 10,
  analyticsMinimumDjs: MINIMUM,
}
const hash = (seed: string) => createHmac('sha512', 'a key').update(seed).digest()
const pipeline = openPipeline()

/** So much that hardly any noise is left: numbers are those that are bounded. */
const NO_PRIVACY = 1000
const SOME = 40

async function build(epsilon: number | undefined, withholdsNeighbours = true) {
  pipeline.clock.nowMs += 60_000
  const noise = epsilon === undefined ? undefined : createAnalystsNoise(epsilon, hash)
  const store = pipeline.store().connect('charts')
  await createChartBuilder({
    store,
    rules: { ...rules, withholdsNeighbours },
    clock: () => pipeline.clock.nowMs,
    noise,
  }).build()
}

const rows = (sql: string) => pipeline.store().connect('migrate').rows<Record<string, string | number | null>>(sql)

async function tables() {
  return {
    tracks: await rows('SELECT * FROM analytics.track_weeks ORDER BY ALL'),
    tags: await rows('SELECT * FROM analytics.tag_weeks ORDER BY ALL'),
    transitions: await rows('SELECT * FROM analytics.transition_weeks ORDER BY ALL'),
    charts: await rows('SELECT * FROM analytics.charts ORDER BY ALL'),
  }
}

type Tables = Awaited<ReturnType<typeof tables>>

describe("analysts' tables under a privacy budget", () => {
  let exact: Tables
  let noisy: Tables
  let bounded: Tables
  /** Without noise, and with the rows that are withheld for their neighbours: all that a bound can take from. */
  let unbounded: Tables
  let noisyAgain: Tables
  let exactAgain: Tables

  beforeAll(async () => {
    const { events } = generateWeeks(3, ACCOUNTS, pipeline.clock.nowMs)
    for (const event of events) await pipeline.append(event)
    await pipeline.ingest([1000])
    const built = async (epsilon: number | undefined, withholdsNeighbours?: boolean) => {
      await build(epsilon, withholdsNeighbours)
      return await tables()
    }
    exact = await built(undefined)
    noisy = await built(SOME)
    bounded = await built(NO_PRIVACY)
    unbounded = await built(undefined, false)
    noisyAgain = await built(SOME)
    exactAgain = await built(undefined)
  })

  it('are the exact ones again once it is taken away', () => {
    expect(noisy.tracks).not.toEqual(exact.tracks)
    expect(noisy.tags).not.toEqual(exact.tags)
    expect(exactAgain).toEqual(exact)
    expect(exact.charts.length).toBeGreaterThan(0)
  })

  it('are the same whenever they are built', () => {
    expect(noisyAgain).toEqual(noisy)
    expect(noisy.tracks.length).toBeGreaterThan(0)
  })

  it('hold no exact number beside the noisy ones, and no row that noise makes too small', () => {
    const { charts, tracks, tags } = noisy
    expect(charts).toEqual([])
    expect(tracks.every((row) => row['bpm_median'] === null && row['played_seconds_median'] === null)).toBe(true)
    expect(tracks.every((row) => row['key'] === '')).toBe(true)
    expect([...tracks, ...tags].every((row) => Number(row['djs']) >= MINIMUM)).toBe(true)
  })

  it('take of an account so many values of a tag, and plays of each, and no more', () => {
    const djsOf = ({ tags }: Tables) =>
      tags
        .filter((row) => row['tag'] === 'label' && row['region'] === 'world')
        .reduce((sum, row) => sum + Number(row['djs']), 0)
    const { items, plays } = contributionBounds.tag_weeks
    expect(djsOf(bounded)).toBeGreaterThan(0)
    expect(djsOf(bounded)).toBeLessThan(djsOf(unbounded))
    expect(djsOf(bounded)).toBeLessThanOrEqual(WEEKS.length * ACCOUNTS * items)
    // Of the little noise that is left a row has a play or two.
    const above = ({ tags }: Tables) => tags.filter((row) => Number(row['plays']) > plays * Number(row['djs']) + 5)
    expect(Math.max(...exact.tags.map((row) => Number(row['plays']) / Number(row['djs'])))).toBeGreaterThan(plays)
    expect(above(bounded)).toEqual([])
  })

  it('write into a ledger what each week was spent of, once however often it is built', async () => {
    const spent = await rows(
      `SELECT week, table_name, count() AS times FROM charts.analytics_spent FINAL
       WHERE epsilon = ${SOME} GROUP BY week, table_name ORDER BY week, table_name`,
    )
    expect(spent).toEqual(
      WEEKS.flatMap((week) =>
        Object.keys(contributionBounds)
          .sort()
          .map((table) => ({ week, table_name: table, times: '1' })),
      ),
    )
  })
})
