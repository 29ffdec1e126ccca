import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditTrail } from '#platform/audit/audit-trail.ts'
import { createServer } from '#platform/http/server.ts'
import { identifyTrack, toTrackId } from '#rules/track-identity.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { createMergeRoutes } from '../../../services/charts/merges/merge-routes.ts'
import { openPipeline, pseudonyms } from '../../model/open-pipeline.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 2, takeBackHoursMax: 24, playsPerDj: 10 }
const pipeline = openPipeline()
const sunday = '2026-05-17T23:00:00.000Z'
const monday = '2026-05-18T01:00:00.000Z'

function trackOf(title: string): string {
  const identity = identifyTrack('Ana', title)
  if (identity.kind !== 'track') throw new Error(`${title} is no track`)
  return identity.track
}

interface Play {
  readonly title: string
  readonly at?: string
  readonly genre?: string
}

async function play(name: string, id: string, plays: readonly Play[]): Promise<void> {
  const owner = pseudonyms.owner(name)
  const at = pipeline.clock.nowMs
  const consent: AccountEvent = { v: 1, type: 'profile-change', owner, at, patch: { choices: { charts: true } } }
  const key = pseudonyms.sessionKey(owner, undefined, id)
  const tracks = plays.map(({ title, at: startedAt = sunday, genre = 'House' }, index) => ({
    id: String(index),
    startedAt,
    tags: { artist: 'Ana', title, genre },
  }))
  await pipeline.append(consent)
  await pipeline.append({ v: 1, type: 'session-put', owner, at, key, session: { id, startedAt: sunday, tracks } })
  await pipeline.ingest([1000])
}

let server: FastifyInstance

beforeAll(async () => {
  server = createServer({ logger: pino({ level: 'silent' }) })
  const store = pipeline.store().connect('merges')
  const verifyToken = async () => ({ accountId: 'eva', scopes: new Set(['admin']) })
  const clock = () => pipeline.clock.nowMs
  const audit = createAuditTrail({ store, clock, newId: randomUUID })
  await server.register(createMergeRoutes({ store, audit, verifyToken, pseudonyms, clock }))
})
afterAll(() => server.close())

async function ask(method: 'PUT' | 'DELETE', title: string, into?: string): Promise<void> {
  pipeline.clock.nowMs += 60_000
  const url = `/v1/merges/${toTrackId(trackOf(title))}`
  const payload = into === undefined ? {} : { payload: { into: toTrackId(trackOf(into)) } }
  const { statusCode } = await server.inject({ method, url, headers: { authorization: 'Bearer admin' }, ...payload })
  expect(statusCode).toBe(200)
}

async function charts() {
  pipeline.clock.nowMs += 60_000
  await pipeline.build(rules)
  return await pipeline.shownCharts()
}

const entriesOf = (shown: Awaited<ReturnType<typeof charts>>, chart: string) =>
  shown.get(chart)?.entries.map(({ title, djs, plays }) => ({ title, djs, plays }))

describe('tracks that were merged', () => {
  it('count as one, once in a session, and are what they were when the merge is undone', async () => {
    await pipeline.clear()
    for (const name of ['ana', 'ben']) await play(name, 'a', [{ title: 'Harbour' }, { title: 'Harbuor' }])
    await play('cleo', 'a', [{ title: 'Harbuor' }])
    const before = await charts()
    expect(entriesOf(before, 'world/all/2026-W20')).toEqual([
      { title: 'Harbuor', djs: 3, plays: 3 },
      { title: 'Harbour', djs: 2, plays: 2 },
    ])

    await ask('PUT', 'Harbuor', 'Harbour')
    const merged = await charts()
    expect(entriesOf(merged, 'world/all/2026-W20')).toEqual([{ title: 'Harbour', djs: 3, plays: 3 }])
    expect(entriesOf(merged, 'world/house/2026-W20')).toEqual([{ title: 'Harbour', djs: 3, plays: 3 }])

    await ask('DELETE', 'Harbuor')
    const after = await charts()
    const withoutRevision = (shown: typeof before) =>
      [...shown].map(([name, { revision: _, ...chart }]) => [name, chart]).sort()
    expect(withoutRevision(after)).toEqual(withoutRevision(before))
  })

  it('count in the week of the earliest play of a session that spans two', async () => {
    await pipeline.clear()
    const plays = [{ title: 'Harbour' }, { title: 'Harbuor', at: monday }, { title: 'Quay', at: monday }]
    for (const name of ['ana', 'ben']) await play(name, 'a', plays)
    await ask('PUT', 'Harbuor', 'Harbour')
    const shown = await charts()
    expect(entriesOf(shown, 'world/all/2026-W20')).toEqual([{ title: 'Harbour', djs: 2, plays: 2 }])
    expect(entriesOf(shown, 'world/all/2026-W21')).toEqual([{ title: 'Quay', djs: 2, plays: 2 }])
    expect(entriesOf(shown, 'world/all/2026-05')).toHaveLength(2)
  })

  it('count in the genre of the play that counts', async () => {
    await pipeline.clear()
    const plays = [{ title: 'Harbour' }, { title: 'Harbuor', at: '2026-05-17T23:30:00.000Z', genre: 'Disco' }]
    for (const name of ['ana', 'ben']) await play(name, 'a', plays)
    await ask('PUT', 'Harbuor', 'Harbour')
    const shown = await charts()
    expect(entriesOf(shown, 'world/house/2026-W20')).toEqual([{ title: 'Harbour', djs: 2, plays: 2 }])
    expect(shown.has('world/disco/2026-W20')).toBe(false)
  })

  it('follow a chain to its end', async () => {
    await pipeline.clear()
    for (const name of ['ana', 'ben']) await play(name, 'a', [{ title: 'Harbour' }])
    for (const name of ['cleo', 'dan']) await play(name, 'a', [{ title: 'Harbuor' }])
    for (const name of ['eve', 'flo']) await play(name, 'a', [{ title: 'Harrbour' }])
    await ask('PUT', 'Harrbour', 'Harbuor')
    await ask('PUT', 'Harbuor', 'Harbour')
    expect(entriesOf(await charts(), 'world/all/2026-W20')).toMatchObject([{ djs: 6, plays: 6 }])
  })
})
