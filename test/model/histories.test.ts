import fc from 'fast-check'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createServer } from '#platform/http/server.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { OwnSession } from '#schemas/records/session.ts'
import { createAccountRoutes } from '../../services/account/account-routes.ts'
import { type ModelAccounts, type ModelChart, publishedCharts, readHistory, reasonsAgainst } from './chart-model.ts'
import { accounts, beginOf, type History, histories, opening, ownerOf, toEvent } from './histories.ts'
import { openPipeline, pseudonyms } from './open-pipeline.ts'
import { expectOneOfBoth, expectSameCharts, expectSameRows } from './same-as-model.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 2 }
const pipeline = openPipeline()

/** How often the machine died in the middle, over all runs: a property that never died would show little. */
const deaths = { ingest: 0, redelivery: 0, build: 0 }

async function runHistory({ calendar, steps }: History): Promise<void> {
  await pipeline.clear()
  pipeline.clock.nowMs = beginOf(calendar)
  const events: AccountEvent[] = []
  let lastBuilt: ReadonlyMap<string, ModelChart> = new Map()
  const accept = async (event: AccountEvent) => {
    events.push(event)
    await pipeline.append(event)
  }
  const ingestAll = async () => {
    if (events.length > 0) await pipeline.ingest([1000])
  }

  for (const event of opening(pipeline.clock.nowMs)) await accept(event)
  for (const one of [...steps, { step: 'build' as const, dieAtStatement: undefined }]) {
    pipeline.clock.nowMs += 60_000
    const event = toEvent(one, calendar, pipeline.clock.nowMs)
    if (event !== undefined) await accept(event)
    if (one.step === 'ingest') deaths.ingest += Number(await pipeline.ingest(one.sizes, one.dieAtInsert))
    if (one.step === 'redeliver') {
      const died = await pipeline.redeliver(one.events, one.sizes, one.dieAtInsert)
      deaths.redelivery += Number(died)
      // A worker that died in a redelivery begins it again, and goes on from there.
      if (died) await pipeline.redeliver(one.events, [1000])
    }
    if (one.step === 'build') {
      await ingestAll()
      const model = readHistory(events)
      if (one.dieAtStatement !== undefined && (await pipeline.buildUntil(rules, one.dieAtStatement))) {
        deaths.build += 1
        expectOneOfBoth(await pipeline.shownCharts(), [lastBuilt, publishedCharts(model, rules)])
      } else {
        await pipeline.build(rules)
        expectSameCharts(await pipeline.shownCharts(), model, rules)
        lastBuilt = publishedCharts(model, rules)
      }
    }
  }
  const model = readHistory(events)
  await expectSameRows(pipeline.store().connect('site'), model, pseudonyms)
  await expectSameAnswers(model)
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
  for (const table of ['published', 'entries', 'bases', 'pending_take_backs']) {
    await connection.run(`TRUNCATE TABLE charts.${table}`)
  }
  await connection.run('TRUNCATE TABLE operations.facts')
  await pipeline.build(rules)
  expect(mended).toEqual(await withoutRevisions())
}

it('shows after any history, redelivery and crash the charts that a count from nothing gives', async () => {
  await fc.assert(fc.asyncProperty(histories, runHistory), {
    numRuns: Number(process.env['RUNS'] ?? 30),
    seed: Number(process.env['SEED'] ?? 20_260_613),
    endOnFailure: process.env['SHRINK'] === undefined,
  })
  console.log(deaths)
  expect(Math.min(...Object.values(deaths))).toBeGreaterThan(3)
}, 600_000)
