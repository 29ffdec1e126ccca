import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { startMatchJob } from '../../../services/charts/merges/match-job.ts'
import { waitFor } from '../../support/wait-for.ts'
import { type GivenPlay, idOf, openMerges } from './open-merges.ts'

const merges = openMerges()
const right = { artist: 'Aerosmith', title: 'Sweet Emotion Of Harbours' }
const misspelt = { artist: 'Areosmith', title: 'Sweet Emotion Of Harbours' }
const hey = { artist: 'Neil Young', title: 'Hey Hey, My My' }
const my = { artist: 'Neil Young', title: 'My My, Hey Hey' }

/** Two DJs play the first, one the other. */
async function give(common: GivenPlay, rare: GivenPlay): Promise<void> {
  await merges.give(1, 202605, [common])
  await merges.give(2, 202606, [common])
  await merges.give(3, 202607, [rare])
}

const mergesOf = async (play: GivenPlay) => (await merges.request('GET', `/${idOf(play)}`)).body

describe('the matcher', () => {
  it('merges a misspelling into the spelling of more DJs, and has its weeks rebuilt', async () => {
    await give(right, misspelt)
    expect(await merges.match()).toEqual({ applied: 1, suggested: 0 })
    expect(await mergesOf(misspelt)).toMatchObject({
      into: idOf(right),
      history: [{ state: 'applied', reason: 'misspelt', by: 'matcher' }],
    })
    expect(await merges.takeMarks()).toEqual([202605, 202606, 202607])
  })

  it('suggests what is doubtful, and changes no chart by it', async () => {
    await give(hey, my)
    expect(await merges.match()).toEqual({ applied: 0, suggested: 1 })
    const suggestion = { trackId: idOf(my), into: idOf(hey), score: expect.any(Number), reason: expect.any(String) }
    expect(await mergesOf(my)).toMatchObject({ into: null, suggestions: [suggestion] })
    expect((await merges.request('GET', '')).body).toEqual({ suggestions: [suggestion] })
    expect(await merges.takeMarks()).toEqual([])
  })

  it('decides nothing twice', async () => {
    await give(right, misspelt)
    await give(hey, my)
    await merges.match()
    const before = await merges.store().rows('SELECT * FROM charts.merge_history')
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
    expect(await merges.store().rows('SELECT * FROM charts.merge_history')).toEqual(before)
  })

  it('never merges again what an editor has undone', async () => {
    await give(right, misspelt)
    await merges.match()
    await merges.request('DELETE', `/${idOf(misspelt)}`)
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
    expect(await mergesOf(misspelt)).toMatchObject({ into: null })
    // Not the other way round either, when the misspelling has become the more frequent one.
    for (const dj of [4, 5, 6]) await merges.give(dj, 202607, [misspelt])
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
  })

  it('never suggests again what an editor has rejected', async () => {
    await give(hey, my)
    await merges.match()
    const rejected = await merges.request('DELETE', `/${idOf(my)}`)
    expect(rejected.body).toMatchObject({ suggestions: [], history: [{ state: 'undone' }, { state: 'suggested' }] })
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
    expect((await merges.request('GET', '')).body).toEqual({ suggestions: [] })
  })

  it('leaves a track where an editor has put it', async () => {
    await give(right, misspelt)
    await merges.request('PUT', `/${idOf(misspelt)}`, { into: idOf(hey) })
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
    expect(await mergesOf(misspelt)).toMatchObject({ into: idOf(hey) })
  })

  it('reads no text of a DJ who does not consent, or whose plays have gone', async () => {
    await merges.give(1, 202605, [right])
    await merges.give(2, 202605, [misspelt], { consents: false })
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
    await merges.give(2, 202605, [hey])
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
  })

  it('leaves a merge as it is when the plays behind it have gone', async () => {
    await give(right, misspelt)
    await merges.match()
    await merges.give(3, 202607, [])
    expect(await merges.match()).toEqual({ applied: 0, suggested: 0 })
    expect(await mergesOf(misspelt)).toMatchObject({ into: idOf(right) })
  })

  it('writes codes and no text', async () => {
    await give(right, misspelt)
    await give(hey, my)
    await merges.match()
    for (const table of ['charts.merges', 'charts.merge_history']) {
      const rows = JSON.stringify(await merges.store().rows(`SELECT * FROM ${table}`))
      expect(rows).toContain('misspelt')
      for (const word of ['smith', 'Emotion', 'Neil', 'Hey'])
        expect(rows.toLowerCase()).not.toContain(word.toLowerCase())
    }
  })
})

it('gives suggestions page by page, best first', async () => {
  const store = merges.store()
  const rows = Array.from({ length: 5 }, (_, index) => ({
    track: String(10 + index),
    into: '9',
    state: 'suggested',
    score: index % 2 === 0 ? 0.9 : 0.7123,
    reason: 'misspelt',
    decided_by: 'matcher',
    decided_at: '2026-02-18T12:00:00.000Z',
    version: '1',
  }))
  await store.insert({
    table: 'charts.merges',
    lines: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
  })
  const seen: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`
    const { body } = await merges.request('GET', query)
    const page = body as { suggestions: { trackId: string }[]; next?: string } // held to the document elsewhere
    seen.push(...page.suggestions.map(({ trackId }) => trackId.slice(-1)))
    cursor = page.next
  }
  expect(seen).toEqual(['a', 'c', 'e', 'b', 'd'])
})

describe('the job', () => {
  const logged: { msg: string; error?: string }[] = []
  const logger = pino({}, { write: (line) => logged.push(JSON.parse(line)) })
  const clock = () => merges.clock.nowMs

  it('runs after the start, and has ended when its end resolves', async () => {
    await give(right, misspelt)
    const stop = startMatchJob({ store: merges.store(), clock, logger })
    await waitFor('a run', () => logged.some(({ msg }) => msg === 'tracks matched'))
    await stop()
    expect(await mergesOf(misspelt)).toMatchObject({ into: idOf(right) })
  })

  it('that is ended in the middle of a run decides nothing more', async () => {
    await give(right, misspelt)
    await startMatchJob({ store: merges.store(), clock, logger })()
    expect(await mergesOf(misspelt)).toMatchObject({ into: null, history: [] })
  })

  it('only says so when a run fails, and nothing of what was read', async () => {
    const rows = () => Promise.reject(new TypeError('a text'))
    await give(right, misspelt)
    const stop = startMatchJob({ store: { ...merges.store(), rows }, clock, logger })
    const failed = await waitFor('a failure', () => logged.find(({ msg }) => msg === 'tracks could not be matched'))
    await stop()
    expect(failed.error).toBe('TypeError')
    expect(JSON.stringify(logged)).not.toContain('a text')
  })
})
