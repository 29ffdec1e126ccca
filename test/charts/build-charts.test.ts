import { describe, expect, it } from 'vitest'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { publishedCharts, readHistory } from '../model/chart-model.ts'
import { openPipeline, pseudonyms } from '../model/open-pipeline.ts'
import { expectOneOfBoth, expectSameCharts } from '../model/same-as-model.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 10 }
const pipeline = openPipeline()
const ownerOf = (name: string) => pseudonyms.owner(name)

const consentOf = (name: string): AccountEvent => ({
  v: 1,
  type: 'profile-change',
  owner: ownerOf(name),
  at: pipeline.clock.nowMs,
  patch: { choices: { charts: true } },
})

function sessionOf(name: string, startedAt: string, titles: readonly string[]): AccountEvent {
  const owner = ownerOf(name)
  return {
    v: 1,
    type: 'session-put',
    owner,
    at: pipeline.clock.nowMs,
    key: pseudonyms.sessionKey(owner, undefined, startedAt),
    session: {
      id: startedAt,
      startedAt,
      tracks: titles.map((title, index) => ({ id: String(index), startedAt, tags: { artist: 'Ana', title } })),
    },
  }
}

async function take(...events: readonly AccountEvent[]): Promise<void> {
  for (const event of events) await pipeline.append(event)
  await pipeline.ingest([1000])
}

describe('a build', () => {
  it('that dies before any of its statements leaves each chart whole, and the next one makes it good', async () => {
    await pipeline.clear()
    const events = ['ana', 'ben'].flatMap((name) => [
      consentOf(name),
      sessionOf(name, '2026-05-13T20:00:00.000Z', ['One', 'Two', 'Three', 'Four']),
    ])
    await take(...events)
    await pipeline.build(rules)
    let deaths = 0
    const change = async (titles: readonly string[]) => {
      pipeline.clock.nowMs += 60_000
      const changed = ['ana', 'ben'].map((name) => sessionOf(name, '2026-05-13T20:00:00.000Z', titles))
      events.push(...changed)
      await take(...changed)
    }
    // The statements of the first period, which are those of every period; some again with a change before the next build.
    const places = Array.from({ length: 39 }, (_, index) => ({ statement: index, changesAfter: false }))
    const again = places
      .filter((_, index) => index % 4 === 1)
      .map(({ statement }) => ({ statement, changesAfter: true }))
    for (const { statement, changesAfter } of [...places, ...again]) {
      const before = publishedCharts(readHistory(events), rules)
      // Fewer tracks than before, then more again.
      await change(['One', 'Two', 'Three', 'Four', 'Five'].slice(0, 1 + ((statement * 2) % 5)))
      if (!(await pipeline.buildUntil(rules, statement))) continue
      deaths += 1
      expectOneOfBoth(await pipeline.shownCharts(), [before, publishedCharts(readHistory(events), rules)])
      if (changesAfter) await change(['One'])
      await pipeline.build(rules)
      expectSameCharts(await pipeline.shownCharts(), readHistory(events), rules)
    }
    expect(deaths).toBeGreaterThan(40)
  })

  it('that dies before readers see a period leaves nothing of it, once nobody plays in it any more', async () => {
    await pipeline.clear()
    const at = '2026-05-13T20:00:00.000Z'
    await take(...['ana', 'ben'].flatMap((name) => [consentOf(name), sessionOf(name, at, ['One'])]))
    const count = async (table: string) =>
      (await pipeline.store().connect('site').rows(`SELECT 1 FROM ${table}`)).length
    for (let statement = 20; (await count('charts.entries')) === 0; statement += 1) {
      expect(await pipeline.buildUntil(rules, statement)).toBe(true)
    }
    expect(await count('charts.published')).toBe(0)
    await take(
      ...['ana', 'ben'].map((name): AccountEvent => {
        const owner = ownerOf(name)
        return {
          ...{ v: 1, type: 'session-delete', owner, at: pipeline.clock.nowMs },
          ref: pseudonyms.sessionKey(owner, undefined, at),
        }
      }),
    )
    // As the engine does by itself, later.
    await pipeline.store().connect('migrate').run('OPTIMIZE TABLE charts.contributions FINAL')
    await pipeline.build(rules)
    expect(await count('charts.entries')).toBe(0)
  })

  it('gives the same bytes but for builtAt and revision, and no revision where nothing changed', async () => {
    await pipeline.clear()
    await take(
      ...['ana', 'ben'].flatMap((name) => [consentOf(name), sessionOf(name, '2026-05-13T20:00:00.000Z', ['One'])]),
    )
    await pipeline.build(rules)
    const first = await pipeline.shownCharts()
    expect(first.size).toBe(3)
    pipeline.clock.nowMs += 60_000
    // Received again: its weeks are built again, and are what they were.
    await take(sessionOf('ana', '2026-05-13T20:00:00.000Z', ['One']))
    expect((await pipeline.build(rules)).periods).toHaveLength(3)
    expect(await pipeline.shownCharts()).toEqual(first)
    expect((await pipeline.build(rules)).periods).toEqual([])
  })

  it('bears sessions at both ends of the times that upload takes', async () => {
    await pipeline.clear()
    pipeline.clock.nowMs = Date.UTC(2100, 0, 1)
    const events = ['ana', 'ben'].flatMap((name) => [
      consentOf(name),
      sessionOf(name, '1970-01-01T00:00:00.000Z', ['Zero']),
      sessionOf(name, '2099-12-31T23:59:59.000Z', ['Last']),
    ])
    await take(...events)
    await pipeline.build(rules)
    const shown = await pipeline.shownCharts()
    expectSameCharts(shown, readHistory(events), rules)
    expect([...shown.keys()]).toContain('world/all/1970-W01')
  })

  it('makes all charts anew under other settings', async () => {
    await pipeline.clear()
    const events = ['ana', 'ben', 'cem'].flatMap((name) => [
      consentOf(name),
      sessionOf(name, '2026-05-13T20:00:00.000Z', name === 'cem' ? ['One'] : ['One', 'Two']),
    ])
    await take(...events)
    await pipeline.build(rules)
    for (const minimumDjs of [3, 4, 2]) {
      pipeline.clock.nowMs += 60_000
      await pipeline.build({ ...rules, minimumDjs })
      expectSameCharts(await pipeline.shownCharts(), readHistory(events), { ...rules, minimumDjs })
    }
  })
})
