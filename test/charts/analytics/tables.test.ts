import { describe, expect, it } from 'vitest'
import { splitStatements } from '#platform/store/split-statements.ts'
import { readSql } from '#platform/store/sql-file.ts'
import type { AccountEvent, ProfileChange } from '#schemas/events/account-event.ts'
import type { Session } from '#schemas/records/session.ts'
import { openPipeline, pseudonyms } from '../../model/open-pipeline.ts'
import { readShownTables, type ShownTables } from './shown-tables.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 3, analyticsMinimumDjs: 2 }
const pipeline = openPipeline()
const WEEK = '2026-W20'
const EVENING = '2026-05-13T20:00:00.000Z'
const names = ['ana', 'ben', 'cleo', 'dan']

const store = () => pipeline.store().connect('migrate')
const shown = () => readShownTables(store())

async function take(...events: readonly AccountEvent[]): Promise<void> {
  for (const event of events) await pipeline.append(event)
  await pipeline.ingest([1000])
}

const build = async () => {
  pipeline.clock.nowMs += 60_000
  await pipeline.build(rules)
}

function profileOf(name: string, patch: ProfileChange['patch']): AccountEvent {
  return { v: 1, type: 'profile-change', owner: pseudonyms.owner(name), at: pipeline.clock.nowMs, patch }
}

function sessionOf(name: string, titles: readonly string[], more: Partial<Session> = {}): AccountEvent {
  const owner = pseudonyms.owner(name)
  const tracks = titles.map((title, index) => ({
    id: String(index),
    startedAt: new Date(Date.parse(EVENING) + index * 300_000).toISOString(),
    deck: 2,
    playedSeconds: 240,
    tags: { artist: 'Zoë', title, genre: 'Deep House', label: 'Quay', bpm: 124.5, key: 'Am', year: 2024 },
  }))
  const session: Session = {
    id: '1',
    startedAt: EVENING,
    software: { name: 'Serato DJ Pro' },
    system: { os: 'macOS 14.5' },
    ...{ tracks, ...more },
  }
  return {
    v: 1,
    type: 'session-put',
    owner,
    at: pipeline.clock.nowMs,
    key: pseudonyms.sessionKey(owner, undefined, '1'),
    session,
  }
}

/** All of them live in one place and have played the same two tracks, one after the other. */
async function begin(): Promise<void> {
  await pipeline.clear()
  await take(
    ...names.flatMap((name) => [
      profileOf(name, { choices: { charts: true }, location: { country: 'NZ' } }),
      sessionOf(name, ['One', 'Two']),
    ]),
  )
  await build()
}

const inWorld = (rows: ShownTables[keyof ShownTables]) => rows.filter(({ region }) => region === 'world')
const tagRows = ({ tag_weeks: rows }: ShownTables) =>
  Object.fromEntries(inWorld(rows).map(({ tag, value, djs }) => [`${tag} ${value}`, djs]))

describe('analysts see of a week', () => {
  it('what its charts tell, where nobody objects, and what charts do not tell', async () => {
    await begin()
    const tables = await shown()
    const charts = await pipeline.shownCharts()
    for (const row of inWorld(tables.track_weeks)) {
      expect(row).toMatchObject({ week: WEEK, artist: 'Zoë', played_seconds_median: 240, bpm_median: 124.5, key: '8A' })
    }
    const entries = charts.get(`world/all/${WEEK}`)?.entries ?? []
    expect(
      inWorld(tables.track_weeks)
        .map(({ title, djs, plays }) => [title, djs, Number(plays)])
        .sort(),
    ).toEqual(entries.map(({ title, djs, plays }) => [title, djs, plays]).sort())
    expect(tagRows(tables)).toEqual({
      ...{ 'genre house': 4, 'genre deep-house': 4, 'genre electronic': 4, 'label Quay': 4, 'key 8A': 4, 'bpm 125': 4 },
      ...{ 'year 2024': 4, 'software Serato DJ Pro': 4, 'os macOS': 4, 'deck 2': 4 },
    })
    expect(inWorld(tables.transition_weeks)).toMatchObject([{ djs: 4, plays: '4' }])
  })

  it('as rows of charts, the entries of week, month and year with their ranks', async () => {
    const { charts } = await shown()
    const all = charts.filter(({ region, genre }) => region === 'world' && genre === 'all')
    expect(
      all.map(({ period, rank, previous_rank: previous, peak_rank: peak, djs }) => [period, rank, previous, peak, djs]),
    ).toEqual(
      ['2026', '2026-05', WEEK].flatMap((period) => [
        [period, 1, null, 1, 4],
        [period, 2, null, 2, 4],
      ]),
    )
  })

  it('nothing that fewer accounts than the minimum have in common', async () => {
    // Two, for beside one alone that has another software the number of all others would tell which.
    await take(
      ...['ana', 'ben'].map((name) =>
        sessionOf(name, ['One', 'Two', `${name} alone`], {
          software: { name: `${name} own` },
          system: { os: `${name} OS` },
        }),
      ),
    )
    await build()
    const text = JSON.stringify(await shown())
    for (const alone of ['ana', 'ben']) expect(text).not.toContain(alone)
    expect(tagRows(await shown())).toMatchObject({ 'software Serato DJ Pro': 2 })
  })
})

describe('an objection', () => {
  it('to statistics takes the account out of what analysts see and leaves it in the charts, and may be taken back', async () => {
    await begin()
    const before = await shown()
    await take(profileOf('ben', { choices: { statistics: false } }))
    await build()
    const charts = await pipeline.shownCharts()
    expect(charts.get(`world/all/${WEEK}`)?.djs).toBe(4)
    // One account is fewer than the minimum: with it, a row and the chart's entry would tell what ben played.
    expect(await shown()).toMatchObject({ track_weeks: [], charts: [] })
    await take(profileOf('ana', { choices: { statistics: false } }))
    await build()
    expect(inWorld((await shown()).track_weeks).map(({ djs }) => djs)).toEqual([2, 2])
    for (const name of ['ana', 'ben']) await take(profileOf(name, { choices: { statistics: true } }))
    await build()
    expect(await shown()).toEqual(before)
  })

  it('to usage information takes it out of the rows on software, systems and decks, and out of what is kept for them', async () => {
    await begin()
    await take(...['ana', 'ben'].map((name) => profileOf(name, { choices: { usage: false } })))
    await build()
    const tables = await shown()
    expect(tagRows(tables)).toMatchObject({ 'software Serato DJ Pro': 2, 'os macOS': 2, 'deck 2': 2, 'label Quay': 4 })
    const kept = await store().rows<{ contributor: string; software: string; os: string; decks: string[] }>(
      'SELECT contributor, software, os, plays.deck AS decks FROM charts.contributions FINAL',
    )
    for (const name of ['ana', 'ben']) {
      const contributor = pseudonyms.contributor(pseudonyms.owner(name))
      expect(kept.find((row) => row.contributor === contributor)).toMatchObject({
        software: '',
        os: '',
        decks: ['', ''],
      })
    }
  })
})

it('a build that dies leaves each table as it was or as it is to be, and the next one makes it good', async () => {
  await begin()
  let deaths = 0
  for (const dieAtStatement of [45, 85, 110]) {
    const titles = deaths % 2 === 0 ? ['Two', 'One', 'Three'] : ['One', 'Two']
    await take(...names.map((name) => sessionOf(name, titles)))
    pipeline.clock.nowMs += 60_000
    const before = await shown()
    const died = await pipeline.buildUntil(rules, dieAtStatement)
    deaths += Number(died)
    const after = await shown()
    await build()
    const next = await shown()
    const ofPeriod = ({ charts }: ShownTables, period: string) => charts.filter((row) => row['period'] === period)
    for (const period of [WEEK, '2026-05', '2026']) {
      expect([ofPeriod(before, period), ofPeriod(next, period)]).toContainEqual(ofPeriod(after, period))
    }
    const ofWeek = ({ charts: _, ...weeks }: ShownTables) => weeks
    expect([ofWeek(before), ofWeek(next)]).toContainEqual(ofWeek(after))
  }
  expect(deaths).toBe(3)
})

it('sessions from before there was anything for analysts stand in charts as ever, and tell analysts less', async () => {
  await begin()
  const charts = await pipeline.shownCharts()
  const added = splitStatements(readSql(new URL('../../../schemas/tables/0013-analytics.sql', import.meta.url))).filter(
    (statement) => statement.startsWith('ALTER TABLE charts.contributions'),
  )
  const columns = added.map((statement) => /ADD COLUMN IF NOT EXISTS (\S+)/.exec(statement)?.[1] ?? '')
  for (const column of columns) await store().run(`ALTER TABLE charts.contributions DROP COLUMN ${column}`)
  for (const statement of added) await store().run(statement)
  await take(...names.map((name) => profileOf(name, { location: { country: 'AU' } })))
  await build()
  expect((await pipeline.shownCharts()).get(`world/all/${WEEK}`)?.entries).toEqual(
    charts.get(`world/all/${WEEK}`)?.entries,
  )
  const tables = await shown()
  expect(inWorld(tables.track_weeks).map(({ djs, bpm_median: bpm }) => [djs, bpm])).toEqual([
    [4, null],
    [4, null],
  ])
  expect(tables.transition_weeks).toEqual([])
})
