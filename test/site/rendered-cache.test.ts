import { describe, expect, it } from 'vitest'
import { HTML_TYPE, toPublicBody } from '#platform/pages/public-answer.ts'
import { createRenderedCache } from '../../services/site/rendered-cache.ts'

function openCache(bytesMax = 100_000) {
  const state = { mark: '1', nowMs: 0, renders: [] as string[] }
  const cache = createRenderedCache({ bytesMax, publicationMark: async () => state.mark, clock: () => state.nowMs })
  const get = async (key: string, text = key, validUntilMs = Number.POSITIVE_INFINITY) => {
    const body = await cache.get(key, async () => {
      state.renders.push(key)
      return { body: toPublicBody(text, HTML_TYPE), validUntilMs }
    })
    return body.bytes.toString()
  }
  return { state, cache, get }
}

describe('rendered answers', () => {
  it('are rendered once', async () => {
    const { state, get } = openCache()
    await get('a')
    expect(await get('a', 'another')).toBe('a')
    expect(state.renders).toEqual(['a'])
  })

  it('are all dropped when something newer was published', async () => {
    const { state, get } = openCache()
    await get('a')
    state.mark = '2'
    expect(await get('a', 'new')).toBe('new')
  })

  it('are dropped when their time is over', async () => {
    const { state, get } = openCache()
    await get('a', 'provisional', 1000)
    state.nowMs = 999
    expect(await get('a', 'final')).toBe('provisional')
    state.nowMs = 1000
    expect(await get('a', 'final')).toBe('final')
  })

  it('take no more memory than allowed: what was used longest ago goes first', async () => {
    // Each is kept with its compressed forms, and costs some bytes for being kept at all.
    const text = 'x'.repeat(10_000)
    const { state, get } = openCache(3.5 * 1.5 * text.length)
    for (const key of ['a', 'b', 'c', 'a', 'd']) await get(key, text)
    state.renders.length = 0
    for (const key of ['a', 'c', 'd', 'b']) await get(key, text)
    expect(state.renders).toEqual(['b'])
  })

  it('are not kept where one alone is larger than all that is allowed', async () => {
    const { state, get } = openCache(1000)
    await get('a', 'x'.repeat(2000))
    await get('a', 'x'.repeat(2000))
    expect(state.renders).toEqual(['a', 'a'])
  })

  it('are not kept where something newer was published while they were rendered', async () => {
    const { state, cache, get } = openCache()
    let finish: () => void = () => undefined
    const slow = cache.get('a', async () => {
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      return { body: toPublicBody('old', HTML_TYPE), validUntilMs: Number.POSITIVE_INFINITY }
    })
    await get('b')
    state.mark = '2'
    await get('b')
    finish()
    await slow
    expect(await get('a', 'new')).toBe('new')
  })

  it('are asked for again after a failure', async () => {
    const { cache, get } = openCache()
    await expect(cache.get('a', () => Promise.reject(new Error('no store')))).rejects.toThrow('no store')
    expect(await get('a')).toBe('a')
  })
})
