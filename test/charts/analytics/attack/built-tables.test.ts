import { describe, expect, it } from 'vitest'
import type { StoreConnection } from '#platform/store/store.ts'
import { openPipeline } from '../../../model/open-pipeline.ts'
import { findLeak, type PublishedNumber } from './find-leak.ts'
import { isIn, knowledge, MINIMUM, numberOf, type Play } from './generated-plays.ts'
import { generateWeeks, type WeekPlay } from './generated-weeks.ts'

const pipeline = openPipeline()
const seeds = Array.from({ length: Number(process.env['ATTACK_WORLDS'] ?? 2) }, (_, index) => index + 1)
const ACCOUNTS = 30

const rules = {
  minimumDjs: MINIMUM,
  minimumChangedDjs: MINIMUM,
  takeBackHoursMax: 24,
  playsPerDj: 10,
  analyticsMinimumDjs: MINIMUM,
}

type Row = Readonly<Record<string, string>>

/** Charts and tables, as whoever reads them has them. */
async function readAll(store: StoreConnection) {
  const shown = `(region, genre, kind, period, revision) IN
    (SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE withheld = 0)`
  const rows = (sql: string) => store.rows<Row>(sql)
  return {
    heads: await rows('SELECT region, genre, period FROM charts.published FINAL WHERE withheld = 0'),
    entries: await rows(
      `SELECT region, genre, period, leftPad(lower(hex(track)), 16, '0') AS track_id FROM charts.entries FINAL WHERE ${shown}`,
    ),
    charts: await rows('SELECT region, genre, period, track_id FROM analytics.charts'),
    tracks: await rows('SELECT region, week, track_id FROM analytics.track_weeks'),
    tags: await rows('SELECT region, week, tag, lower(value) AS value FROM analytics.tag_weeks'),
    transitions: await rows('SELECT region, week, from_track_id, to_track_id FROM analytics.transition_weeks'),
  }
}

const isDuring = (period: string, { week, month }: WeekPlay) =>
  period === week || period === month || (period.length === 4 && month.startsWith(period))

const isOfGenre = (genre: string, play: WeekPlay) => genre === 'all' || genre === play.genre

/** Each group of numbers that may be taken from each other, with a name. */
function groupsOf(tables: Awaited<ReturnType<typeof readAll>>, plays: readonly Play<WeekPlay>[]) {
  const number = (row: Row, isPublic: boolean, holds: (play: WeekPlay) => boolean): PublishedNumber =>
    numberOf(plays, JSON.stringify(row), isPublic, ({ account, kind }) => {
      return isIn(row['region'] ?? '', account) && (isPublic || !account.objects) && holds(kind)
    })
  const chart = (row: Row, isPublic: boolean) =>
    number(row, isPublic, (play) => {
      return (
        isDuring(row['period'] ?? '', play) &&
        isOfGenre(row['genre'] ?? '', play) &&
        (row['track_id'] === undefined || row['track_id'] === play.track)
      )
    })
  const trackWeek = (row: Row) =>
    number(row, false, ({ track, week }) => track === row['track_id'] && week === row['week'])
  const groups = new Map<string, PublishedNumber[]>()
  const tracks = new Set(tables.tracks.map((row) => row['track_id']))
  for (const track of tracks) {
    const of = (rows: readonly Row[]) => rows.filter((row) => row['track_id'] === track)
    groups.set(`track ${track}`, [
      ...of(tables.entries).map((row) => chart(row, true)),
      ...of(tables.charts).map((row) => chart(row, false)),
      ...of(tables.tracks).map(trackWeek),
    ])
  }
  const weeks = new Set(tables.tracks.map((row) => row['week'] ?? ''))
  for (const week of weeks) {
    const heads = tables.heads.filter((row) => row['period'] === week)
    for (const tag of ['genre', 'label', 'deck', 'software'] as const) {
      const values = tables.tags.filter((row) => row['week'] === week && row['tag'] === tag)
      groups.set(`${tag} ${week}`, [
        ...heads.filter(({ genre }) => tag === 'genre' || genre === 'all').map((row) => chart(row, true)),
        ...values.map((row) => number(row, false, (play) => play.week === week && play[tag] === row['value'])),
      ])
    }
    const ofWeek = (rows: readonly Row[]) => rows.filter((row) => row['week'] === week)
    groups.set(`tracks ${week}`, [
      ...heads.filter(({ genre }) => genre === 'all').map((row) => chart(row, true)),
      // What charts tell of one track by themselves, regions less others, is told already.
      ...tables.entries
        .filter(({ genre, period }) => genre === 'all' && period === week)
        .map((row) => chart(row, true)),
      ...ofWeek(tables.tracks).map(trackWeek),
    ])
    // What tracks tell is given; here it is what transitions tell beside it.
    const given = ofWeek(tables.tracks).map((row) => ({ ...trackWeek(row), isPublic: true }))
    const steps = (side: 'after' | 'before') =>
      ofWeek(tables.transitions).map((row) => {
        const [own, other] = side === 'after' ? ['from_track_id', 'to_track_id'] : ['to_track_id', 'from_track_id']
        return number(row, false, (play) => {
          return play.week === week && play.track === row[own ?? ''] && play[side] === row[other ?? '']
        })
      })
    groups.set(`what follows ${week}`, [...given, ...steps('after')])
    groups.set(`what comes before ${week}`, [...given, ...steps('before')])
  }
  return groups
}

/** The groups in which something is given away, and how many rows analysts see. */
async function attack(seed: number, withholdsNeighbours: boolean) {
  await pipeline.clear()
  pipeline.clock.nowMs = Date.parse('2026-06-01T12:00:00Z')
  const { events, plays } = generateWeeks(seed, ACCOUNTS, pipeline.clock.nowMs)
  for (const event of events) await pipeline.append(event)
  await pipeline.ingest([1000])
  await pipeline.build({ ...rules, withholdsNeighbours })
  const tables = await readAll(pipeline.store().connect('migrate'))
  const found: string[] = []
  for (const [name, numbers] of groupsOf(tables, plays)) {
    const accounts = findLeak(knowledge(plays, numbers), MINIMUM)
    if (accounts !== undefined) found.push(`${name}: ${accounts.join(' and ')}`)
  }
  const rows = tables.charts.length + tables.tracks.length + tables.tags.length + tables.transitions.length
  return { found, rows }
}

describe('adding and subtracting all that the pipeline publishes for everybody and for analysts', () => {
  it('tells of no few accounts', async () => {
    for (const seed of seeds) {
      const { found, rows } = await attack(seed, true)
      expect(found, `world ${seed}`).toEqual([])
      expect(rows).toBeGreaterThan(100)
    }
  })

  it('tells of some where only cells with few accounts are withheld', async () => {
    const { found } = await attack(1, false)
    expect(found.length).toBeGreaterThan(3)
  })
})
