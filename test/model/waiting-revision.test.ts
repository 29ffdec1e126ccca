import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { publishedCharts, readHistory } from './chart-model.ts'
import { openPipeline, pseudonyms, type ShownChart } from './open-pipeline.ts'
import { expectSameCharts } from './same-as-model.ts'

const HOUR_MS = 3_600_000
const rules = { minimumDjs: 5, minimumChangedDjs: 5, takeBackHoursMax: 24, playsPerDj: 10 }
const EVENING = '2026-05-13T20:00:00.000Z'
const WEEK = 'world/all/2026-W20'

const pipeline = openPipeline()
let events: AccountEvent[]

const owner = (dj: number) => pseudonyms.owner(`dj-${dj}`)
const keyOf = (dj: number, id: string) => pseudonyms.sessionKey(owner(dj), undefined, id)

async function take(event: AccountEvent): Promise<void> {
  events.push(event)
  await pipeline.append(event)
}

async function profile(dj: number, patch: Extract<AccountEvent, { type: 'profile-change' }>['patch']): Promise<void> {
  await take({ v: 1, type: 'profile-change', owner: owner(dj), at: pipeline.clock.nowMs, patch })
}

async function send(dj: number, titles: readonly string[], id = 'a', genre?: string): Promise<void> {
  const tracks = titles.map((title, index) => ({
    id: String(index),
    startedAt: EVENING,
    tags: { artist: 'Ana', title, ...(genre === undefined ? {} : { genre }) },
  }))
  const session = { id, startedAt: EVENING, tracks }
  const envelope = { v: 1, type: 'session-put', owner: owner(dj), at: pipeline.clock.nowMs } as const
  await take({ ...envelope, key: keyOf(dj, id), session })
}

async function remove(dj: number, id = 'a'): Promise<void> {
  await take({ v: 1, type: 'session-delete', owner: owner(dj), at: pipeline.clock.nowMs, ref: keyOf(dj, id) })
}

async function build(): Promise<Map<string, ShownChart>> {
  await pipeline.ingest([1000])
  await pipeline.build(rules)
  return await pipeline.shownCharts()
}

async function each(djs: number, one: (dj: number) => Promise<void>): Promise<void> {
  for (let dj = 1; dj <= djs; dj += 1) await one(dj)
}

const later = (hours: number) => {
  pipeline.clock.nowMs += hours * HOUR_MS
}

beforeEach(async () => {
  await pipeline.clear()
  pipeline.clock.nowMs = Date.parse('2026-05-14T12:00:00Z')
  events = []
})

/** A chart of some DJs who all play the same. */
async function begin(djs: number): Promise<ShownChart | undefined> {
  await each(djs, async (dj) => {
    await profile(dj, { choices: { charts: true } })
    await send(dj, ['One', 'Two'])
  })
  return (await build()).get(WEEK)
}

describe('the next revision of a chart', () => {
  it('waits until five accounts have changed what they give', async () => {
    const first = await begin(6)
    expect(first).toMatchObject({ revision: 1, djs: 6 })
    for (const dj of [1, 2, 3, 4]) {
      await send(dj, ['Three'], 'b')
      later(1)
      expect((await build()).get(WEEK)).toEqual(first)
    }
    await send(5, ['Three'], 'b')
    const shown = await build()
    expect(shown.get(WEEK)?.revision).toBe(2)
    expectSameCharts(shown, readHistory(events), rules)
  })

  it('is not brought nearer by one account that changes five times', async () => {
    const first = await begin(6)
    for (const id of ['b', 'c', 'd', 'e', 'f']) {
      await send(1, ['Three'], id)
      expect((await build()).get(WEEK)).toEqual(first)
    }
  })

  it('does not come where what changed is changed back', async () => {
    const first = await begin(6)
    await each(4, (dj) => send(dj, ['Three'], 'b'))
    expect((await build()).get(WEEK)).toEqual(first)
    await each(4, (dj) => remove(dj, 'b'))
    await send(5, ['Three'], 'b')
    later(48)
    expect((await build()).get(WEEK)).toEqual(first)
  })

  it('goes out with one account where that took something back a day ago', async () => {
    const first = await begin(6)
    await send(1, ['One'])
    later(23.9)
    expect((await build()).get(WEEK)).toEqual(first)
    later(0.2)
    const shown = await build()
    expect(shown.get(WEEK)?.revision).toBe(2)
    expectSameCharts(shown, readHistory(events), rules)
  })

  it.each<[string, () => Promise<void>]>([
    ['a deleted session', () => remove(1)],
    ['a withdrawn consent', () => profile(1, { choices: { charts: false } })],
    [
      'a session that is kept out of charts',
      () =>
        take({
          v: 1,
          type: 'session-choices',
          owner: owner(1),
          at: pipeline.clock.nowMs,
          ref: keyOf(1, 'a'),
          choices: { contributeToCharts: false },
        }),
    ],
  ])('goes out after a day without %s', async (_, takeBack) => {
    await begin(7)
    await takeBack()
    await build()
    later(24)
    const shown = await build()
    expect(shown.get(WEEK)).toMatchObject({ revision: 2, djs: 6 })
    expectSameCharts(shown, readHistory(events), rules)
  })

  it('never goes out for an addition alone, however long it waits', async () => {
    const first = await begin(6)
    await send(1, ['Three'], 'b')
    for (let week = 0; week < 4; week += 1) {
      later(24 * 7)
      // Something else of the account that changes nothing in charts.
      await profile(1, { location: { city: `City ${week}` }, displayName: 'DJ' })
      expect((await build()).get(WEEK)).toEqual(first)
    }
  })

  it('counts a take-back from when it was received, whatever comes after it', async () => {
    await begin(6)
    await send(1, ['One'])
    for (let hour = 0; hour < 23; hour += 11) {
      later(11)
      await send(2, ['Three'], `b${hour}`)
      expect((await build()).get(WEEK)?.revision).toBe(hour === 22 ? 2 : 1)
    }
  })
})

describe('a chart that falls below the minimum', () => {
  it('disappears, and comes back when enough accounts changed', async () => {
    await begin(5)
    await remove(1)
    later(24)
    expect([...(await build()).keys()]).toEqual([])
    await send(1, ['Three'])
    later(48)
    expect([...(await build()).keys()]).toEqual([])
    await each(5, (dj) => send(dj, ['Four'], 'b'))
    const shown = await build()
    expect(shown.get(WEEK)?.djs).toBe(5)
    expectSameCharts(shown, readHistory(events), rules)
  })

  it('leaves no entry behind in the store', async () => {
    await begin(5)
    await each(5, (dj) => remove(dj))
    await build()
    const rows = await pipeline.store().connect('site').rows('SELECT * FROM charts.entries')
    expect(rows).toEqual([])
  })
})

describe('a sub-region', () => {
  it('is withheld where the rest of its country would be four accounts, and shown where it is five', async () => {
    const live = (dj: number, subdivision?: string) =>
      profile(dj, {
        choices: { charts: true },
        location: { country: 'NZ', ...(subdivision === undefined ? {} : { subdivision }) },
      })
    await each(9, async (dj) => {
      await live(dj, dj <= 5 ? 'NZ-AUK' : undefined)
      await send(dj, ['One'])
    })
    const shown = await build()
    expectSameCharts(shown, readHistory(events), rules)
    expect([...shown.keys()].filter((name) => name.endsWith('all/2026-W20'))).not.toContain('NZ-AUK/all/2026-W20')
    expect(shown.get('NZ/all/2026-W20')?.djs).toBe(9)

    await each(5, async (dj) => {
      await live(9 + dj)
      await send(9 + dj, ['One'])
    })
    const then = await build()
    expect(then.get('NZ-AUK/all/2026-W20')?.djs).toBe(5)
    expectSameCharts(then, readHistory(events), rules)
  })
})

it('nobody ever sees two revisions that differ by fewer accounts, except by a take-back that is due', async () => {
  await begin(8)
  /** What each account gives, as of the revision that is shown. */
  const givenNow = () => {
    const given = new Map<string, string>()
    for (const entry of publishedCharts(readHistory(events), { ...rules, minimumDjs: 1 }).get(WEEK)?.entries ?? []) {
      for (const { owner: who, track } of entry.of) given.set(who, `${given.get(who) ?? ''} ${track}`)
    }
    return given
  }
  let seen = { revision: 1, given: givenNow() }
  const titles = ['One', 'Two', 'Three', 'Four']
  const revisions: number[] = []
  for (let step = 0; step < 12; step += 1) {
    // Additions only: nothing is ever due.
    const dj = 1 + ((step * 5) % 8)
    await send(dj, [titles[step % 4] ?? ''], `${step}`)
    later(30)
    const revision = (await build()).get(WEEK)?.revision ?? 0
    if (revision === seen.revision) continue
    const given = givenNow()
    const changed = [...given].filter(([who, what]) => seen.given.get(who) !== what)
    revisions.push(changed.length)
    seen = { revision, given }
  }
  expect(revisions.length).toBeGreaterThan(1)
  expect(Math.min(...revisions)).toBeGreaterThanOrEqual(5)
})
