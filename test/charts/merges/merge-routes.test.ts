import { describe, expect, it } from 'vitest'
import { idOf, openMerges, pseudonyms } from './open-merges.ts'

const merges = openMerges()
const eva = pseudonyms.editor('eva')
const [a, b, c] = ['1', '2', '3'].map((digit) => digit.repeat(16)) as [string, string, string] // three of three
const play = { artist: 'Aerosmith', title: 'Dream On' }
const other = { artist: 'Harbour Lights', title: 'Low Tide' }

describe('an editor', () => {
  it('sees empty lists of a track that nobody decided on', async () => {
    const nothing = { trackId: a, into: null, merged: [], suggestions: [], history: [] }
    expect(await merges.request('GET', `/${a}`)).toEqual({ status: 200, body: nothing })
    expect(await merges.request('GET', '')).toEqual({ status: 200, body: { suggestions: [] } })
  })

  it('merges a track into another, sees it from both, and undoes it', async () => {
    const merged = { trackId: a, into: b, state: 'applied', score: 1, reason: 'editor', by: eva }
    const put = await merges.request('PUT', `/${a}`, { into: b })
    expect(put).toEqual({
      status: 200,
      body: {
        trackId: a,
        into: b,
        merged: [],
        suggestions: [],
        history: [{ ...merged, at: '2026-02-18T12:00:01.000Z' }],
      },
    })
    expect((await merges.request('GET', `/${a}`)).body).toEqual(put.body)
    expect((await merges.request('GET', `/${b}`)).body).toMatchObject({ into: null, merged: [a], history: [merged] })

    const undone = await merges.request('DELETE', `/${a}`)
    expect(undone.body).toMatchObject({ into: null, history: [{ ...merged, state: 'undone' }, merged] })
    expect((await merges.request('GET', `/${b}`)).body).toMatchObject({ merged: [] })
  })

  it('changes nothing by saying it twice', async () => {
    const put = await merges.request('PUT', `/${a}`, { into: b })
    expect(await merges.request('PUT', `/${a}`, { into: b })).toEqual(put)
    const undone = await merges.request('DELETE', `/${a}`)
    expect(await merges.request('DELETE', `/${a}`)).toEqual(undone)
  })

  it('undoes a merge by merging the track into a third', async () => {
    await merges.request('PUT', `/${a}`, { into: b })
    const { body } = await merges.request('PUT', `/${a}`, { into: c })
    expect(body).toMatchObject({ into: c })
    expect(body).toHaveProperty('history.length', 3)
    expect((await merges.request('GET', `/${b}`)).body).toMatchObject({ merged: [] })
    expect((await merges.request('GET', `/${c}`)).body).toMatchObject({ merged: [a] })
  })

  it('merges again what was undone, even where the clock went back', async () => {
    await merges.request('PUT', `/${a}`, { into: b })
    await merges.request('DELETE', `/${a}`)
    merges.clock.nowMs -= 3_600_000
    expect((await merges.request('PUT', `/${a}`, { into: b })).body).toMatchObject({ into: b })
  })

  it('cannot merge in a circle', async () => {
    await merges.request('PUT', `/${a}`, { into: b })
    await merges.request('PUT', `/${b}`, { into: c })
    for (const [track, into] of [
      [c, a],
      [b, a],
      [a, a],
    ]) {
      const { status, body } = await merges.request('PUT', `/${track}`, { into })
      expect([status, body]).toMatchObject([422, { code: 'invalid-merge', errors: [{ path: '/into' }] }])
    }
    // Not in a circle, though longer.
    expect((await merges.request('PUT', `/${a}`, { into: c })).status).toBe(200)
  })

  it('that send two merges at once which would close a circle get one of them', async () => {
    const answers = await Promise.all([
      merges.request('PUT', `/${a}`, { into: b }),
      merges.request('PUT', `/${b}`, { into: a }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  })

  it.each([
    { into: 'abc' },
    { into: 12 },
    { into: a.toUpperCase().replace('1', 'A') },
    {},
    [],
    'text',
    { into: b, x: 1 },
  ])('is told what is wrong with %j', async (body) => {
    const answer = await merges.request('PUT', `/${a}`, body)
    expect([answer.status, answer.body]).toMatchObject([422, { code: 'invalid-merge' }])
    expect(answer.body).toHaveProperty('errors.length', 1)
  })

  it('finds nothing under what is no id', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await merges.request(method, '/abc')).status).toBe(404)
    }
    expect((await merges.request('PUT', '/abc', { into: b })).status).toBe(404)
    expect((await merges.request('GET', '?cursor=nonsense')).status).toBe(400)
  })

  it('needs the scope admin', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const inject = (headers: Record<string, string>) =>
        merges.server().inject({ method, url: `/v1/merges/${a}`, headers })
      expect((await inject({})).statusCode).toBe(401)
      expect((await inject({ authorization: 'Bearer dj' })).statusCode).toBe(403)
    }
  })

  it('has the weeks rebuilt that the merge changes, of whole groups, and no others', async () => {
    await merges.give(1, 202605, [play])
    await merges.give(2, 202606, [other])
    await merges.give(3, 202607, [{ artist: 'Ana', title: 'Three' }])
    await merges.give(4, 202608, [{ artist: 'Ana', title: 'Four' }])
    const third = idOf({ artist: 'Ana', title: 'Three' })
    await merges.request('PUT', `/${idOf(play)}`, { into: idOf(other) })
    expect(await merges.takeMarks()).toEqual([202605, 202606])
    await merges.request('PUT', `/${idOf(play)}`, { into: idOf(other) })
    expect(await merges.takeMarks()).toEqual([])
    await merges.request('PUT', `/${idOf(other)}`, { into: third })
    expect(await merges.takeMarks()).toEqual([202605, 202606, 202607])
    await merges.request('DELETE', `/${idOf(other)}`)
    expect(await merges.takeMarks()).toEqual([202605, 202606, 202607])
    await merges.request('DELETE', `/${idOf(play)}`)
    expect(await merges.takeMarks()).toEqual([202605, 202606])
  })
})
