import { describe, expect, it } from 'vitest'
import type { Chart } from '#schemas/records/chart.ts'
import { openSite } from './open-site.ts'

const site = openSite()
const get = (path: string, headers: Record<string, string> = {}) => site.server().inject({ url: path, headers })
const chart = async (path: string): Promise<Chart> => {
  const answer = await get(path)
  expect(answer.statusCode).toBe(200)
  return answer.json<Chart>()
}

describe('what there is not', () => {
  const notThere = [
    '/v1/charts/world/all/2026-W06',
    '/v1/charts/NZ/all/2026-W07',
    '/v1/charts/world/polka/2026-W07',
    '/v1/charts/world/all/2026-W54',
    '/v1/charts/world/all/yesterday',
    '/v1/charts/XX/all/2026-W07',
    '/v1/charts/nowhere/all/latest',
    "/v1/charts/world/a'%20OR%201=1/2026-W07",
    '/v1/charts/world/house/latest.csv',
    '/v1/charts/AU/all/2026-W07.csv',
  ]

  it.each(notThere)('answers %s byte for byte as a withheld chart', async (path) => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', region: 'AU', withheld: true, entries: [{ track: 10 }] })
    const withheld = await get('/v1/charts/AU/all/2026-W07')
    expect(withheld.statusCode).toBe(404)
    const missing = await get(path)
    expect(missing.statusCode).toBe(404)
    expect(missing.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(missing.rawPayload.equals(withheld.rawPayload)).toBe(true)
    const names = (headers: object) => Object.keys(headers).sort()
    expect(names(missing.headers)).toEqual(names(withheld.headers))
  })

  it('asks the store the same of a withheld chart and of one that never was', async () => {
    await site.publish({ period: '2026-W07', region: 'AU', withheld: true, entries: [{ track: 10 }] })
    await get('/v1/charts/AU/all/2026-W07')
    const before = site.statements.count
    await get('/v1/charts/AU/all/2026-W07')
    const withheld = site.statements.count - before
    await get('/v1/charts/CA/all/2026-W07')
    expect(site.statements.count - before - withheld).toBe(withheld)
  })
})

describe('caching', () => {
  it('answers 304 to whoever has the same bytes', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const first = await get('/v1/charts/world/all/2026-W07')
    expect(first.headers.etag).toMatch(/^"[\w-]+"$/)
    expect(first.headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=600')
    const etag = String(first.headers.etag)
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get('/v1/charts/world/all/2026-W07', { 'if-none-match': header })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers.etag).toBe(etag)
    }
    expect((await get('/v1/charts/world/all/2026-W07', { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })

  it('answers a chart again without asking the store for it', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const first = await get('/v1/charts/world/all/2026-W07')
    const before = site.statements.count
    const second = await get('/v1/charts/world/all/2026-W07')
    expect(site.statements.count).toBe(before)
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true)
  })

  it('renders a chart once for all who ask at the same time', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    await get('/v1/charts/world/all/2026-W07')
    site.clock.nowMs += 1000
    await site.publish({ period: '2026-W07', revision: 2, entries: [{ track: 10 }] })
    const before = site.statements.count
    await get('/v1/charts/world/all/2026-W07')
    const alone = site.statements.count - before
    await site.publish({ period: '2026-W07', revision: 3, entries: [{ track: 10 }] })
    const start = site.statements.count
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/v1/charts/world/all/2026-W07')))
    expect(answers.map((answer) => answer.json<Chart>().chart.revision)).toEqual(Array(20).fill(3))
    expect(site.statements.count - start).toBe(alone)
  })

  it('shows a new revision a second after it was published', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    await get('/v1/charts/world/all/2026-W07')
    await site.publish({ period: '2026-W07', revision: 2, entries: [{ track: 11 }] })
    expect((await chart('/v1/charts/world/all/2026-W07')).chart.revision).toBe(2)
  })

  it('takes a chart down a second after it was withheld', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    await get('/v1/charts/world/all/2026-W07')
    await site.publish({ period: '2026-W07', revision: 2, withheld: true, entries: [] })
    expect((await get('/v1/charts/world/all/2026-W07')).statusCode).toBe(404)
  })

  it('sees what the same build publishes later', async () => {
    await site.publish({ period: '2026-W07', version: 1000, entries: [{ track: 10 }] })
    expect((await chart('/v1/charts/world/all/2026-W07')).chart.next).toBeNull()
    await site.publish({ period: '2026-W08', version: 1000, entries: [{ track: 10 }] })
    expect((await chart('/v1/charts/world/all/2026-W07')).chart.next).toBe('2026-W08')
  })

  it('gives the same bytes for the same charts, but for builtAt and revision', async () => {
    const entries = [{ track: 10, label: 'L' }, { track: 11 }]
    await site.publish({ period: '2026-W07', entries })
    const first = (await get('/v1/charts/world/all/2026-W07')).body
    await site.publish({ period: '2026-W07', revision: 2, entries })
    const second = (await get('/v1/charts/world/all/2026-W07')).body
    expect(second).toBe(first.replace('"revision":1', '"revision":2'))
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const address = await site.server().listen({ host: '127.0.0.1', port: 0 })
    const [head, whole] = await Promise.all([
      fetch(`${address}/v1/charts/world/all/2026-W07`, { method: 'HEAD' }),
      fetch(`${address}/v1/charts/world/all/2026-W07`),
    ])
    const shared = (answer: Response) =>
      ['content-type', 'content-length', 'etag', 'cache-control'].map((name) => answer.headers.get(name))
    expect(shared(head)).toEqual(shared(whole))
    expect(Number(head.headers.get('content-length'))).toBe((await whole.arrayBuffer()).byteLength)
    expect(await head.text()).toBe('')
  })
})
