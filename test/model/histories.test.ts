import fc from 'fast-check'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createServer } from '#platform/http/server.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { OwnSession } from '#schemas/records/session.ts'
import { createAccountRoutes } from '../../services/account/account-routes.ts'
import { type ModelAccounts, type ModelChart, publishedCharts, readHistory, reasonsAgainst } from './chart-model.ts'
import {
  accounts,
  beginOf,
  chartHistories,
  type History,
  ingestHistories,
  opening,
  ownerOf,
  type Step,
  toEvent,
} from './histories.ts'
import { openPipeline, pseudonyms } from './open-pipeline.ts'
import { expectOneOfBoth, expectSameCharts, expectSameRows } from './same-as-model.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 2 }
const pipeline = openPipeline()

const lastIngest: Step = { step: 'ingest', sizes: [1000], dieAtInsert: undefined }
const lastBuild: Step = { step: 'build', dieAtStatement: undefined }

/** How often the machine died in the middle, over all runs: a property that never died would show little. */
const deaths = { ingest: 0, redelivery: 0, build: 0 }

async function begin(calendar: number): Promise<AccountEvent[]> {
  await pipeline.clear()
  pipeline.clock.nowMs = beginOf(calendar)
  const events = opening(pipeline.clock.nowMs)
  for (const event of events) await pipeline.append(event)
  return events
}

/** Appends what the step is accepted as. */
async function accept(one: Step, calendar: number, events: AccountEvent[]): Promise<void> {
  pipeline.clock.nowMs += 60_000
  const event = toEvent(one, calendar, pipeline.clock.nowMs)
  if (event === undefined) return
  events.push(event)
  await pipeline.append(event)
}

async function ingestHistory({ calendar, steps }: History): Promise<void> {
  const events = await begin(calendar)
  const store = pipeline.store().connect('site')
  for (const one of [...steps, lastIngest]) {
    await accept(one, calendar, events)
    if (one.step === 'ingest') {
      const died = await pipeline.ingest(one.sizes, one.dieAtInsert)
      deaths.ingest += Number(died)
      if (!died) await expectSameRows(store, readHistory(events), pseudonyms)
    }
    if (one.step === 'redeliver') {
      const died = await pipeline.redeliver(one.events, one.sizes, one.dieAtInsert)
      deaths.redelivery += Number(died)
      // A worker that died in a redelivery begins it again.
      if (died) await pipeline.redeliver(one.events, [1000])
    }
  }
  await expectSameAnswers(readHistory(events))
}

async function chartHistory({ calendar, steps }: History): Promise<void> {
  const events = await begin(calendar)
  let lastBuilt: ReadonlyMap<string, ModelChart> = new Map()
  for (const one of [...steps, lastBuild]) {
    await accept(one, calendar, events)
    if (one.step !== 'build') continue
    await pipeline.ingest([1000])
    const model = readHistory(events)
    if (one.dieAtStatement !== undefined && (await pipeline.buildUntil(rules, one.dieAtStatement))) {
      deaths.build += 1
      // Each chart is the old one or the new one, never half of one.
      expectOneOfBoth(await pipeline.shownCharts(), [lastBuilt, publishedCharts(model, rules)])
    } else {
      await pipeline.build(rules)
      expectSameCharts(await pipeline.shownCharts(), model, rules)
      lastBuilt = publishedCharts(model, rules)
    }
  }
  await expectSameFromNothing()
}

/** What the DJs are told of their sessions and plays. */
async function expectSameAnswers(model: ModelAccounts): Promise<void> {
  const server = createServer({ logger: pino({ level: 'silent' }) })
  await server.register(
    createAccountRoutes({
      log: pipeline.log(),
      store: pipeline.store().connect('account'),
      pseudonyms,
      ledger: { append: async () => undefined },
      verifyToken: async (token) => ({ accountId: token, scopes: new Set(['dj']) }),
      clock: () => pipeline.clock.nowMs,
    }),
  )
  const get = async (index: number, path: string) =>
    (await server.inject({ url: path, headers: { authorization: `Bearer dj-${index}` } })).json()
  for (const index of accounts) {
    const own = [...model.sessions.values()].filter(({ owner }) => owner === ownerOf(index))
    const listed: { sessions: { key: string }[] } = await get(index, '/v1/me/sessions')
    expect(listed.sessions.map(({ key }) => key).sort()).toEqual(own.map(({ key }) => key).sort())
    for (const known of own) {
      const answer: OwnSession = await get(index, `/v1/me/sessions/${known.key}`)
      expect({ ...answer, tracks: undefined }).toMatchObject({
        ...(known.name === undefined ? {} : { name: known.name }),
        visibility: known.visibility,
        contributeToCharts: known.contributeToCharts,
        receivedAt: new Date(known.receivedAtMs).toISOString(),
      })
      expect('name' in answer).toBe(known.name !== undefined)
      reasonsAgainst(model, known).forEach((reasons, place) => {
        const { counted, whyNot } = answer.tracks[place] ?? {}
        expect(counted).toBe(reasons.length === 0)
        if (reasons.length > 0) expect(reasons).toContain(whyNot)
        else expect(whyNot).toBeUndefined()
      })
    }
  }
  await server.close()
}

/** Charts that were mended again and again are what a build from nothing makes, to the last text. */
async function expectSameFromNothing(): Promise<void> {
  const withoutRevisions = async () =>
    Object.fromEntries([...(await pipeline.shownCharts())].map(([name, chart]) => [name, { ...chart, revision: 0 }]))
  const mended = await withoutRevisions()
  const connection = pipeline.store().connect('migrate')
  for (const table of ['published', 'entries', 'bases', 'earlier_bases', 'pending_take_backs']) {
    await connection.run(`TRUNCATE TABLE charts.${table}`)
  }
  await connection.run('TRUNCATE TABLE operations.facts')
  await pipeline.build(rules)
  expect(mended).toEqual(await withoutRevisions())
}

const seed = Number(process.env['HISTORY_SEED'] ?? 20_260_613)
/** One takes some seconds; more of them look further. */
const runs = Number(process.env['HISTORY_RUNS'] ?? 5)

it('keeps after any history, redelivery and crash between two writes what a count from nothing gives', async () => {
  await fc.assert(fc.asyncProperty(ingestHistories, ingestHistory), {
    numRuns: 2 * runs,
    seed,
    interruptAfterTimeLimit: 270_000,
  })
  expect(Math.min(deaths.ingest, deaths.redelivery)).toBeGreaterThan(3)
})

it('shows after any history and any build that died the charts that a count from nothing gives', async () => {
  await fc.assert(fc.asyncProperty(chartHistories, chartHistory), {
    numRuns: runs,
    seed,
    interruptAfterTimeLimit: 270_000,
  })
  expect(deaths.build).toBeGreaterThan(3)
})
