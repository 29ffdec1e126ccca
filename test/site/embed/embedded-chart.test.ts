import { describe, expect, it } from 'vitest'
import { htmlErrors } from '../../support/html-errors.ts'
import { openSite } from '../open-site.ts'

const site = openSite({ publicUrl: 'https://charts.example' })
const get = (url: string) => site.server().inject({ url, headers: { accept: 'text/html' } })
const entries = Array.from({ length: 12 }, (_, index) => ({
  track: index + 1,
  artist: `A${index + 1}`,
  title: `T${index + 1}`,
}))
const publish = (given: object = {}) =>
  site.publish({ region: 'NZ', genre: 'house', period: '2026-W07', entries, ...given })

describe('a chart in the page of somebody else', () => {
  it('shows the first ten places, and runs nothing', async () => {
    await publish()
    const { headers, body, statusCode } = await get('/embed/charts/NZ/house/2026-W07')
    expect(statusCode).toBe(200)
    expect(body.match(/<li /g)).toHaveLength(10)
    expect(body).not.toContain('<script')
    expect(headers['content-security-policy']).toContain('frame-ancestors *')
    expect(headers['content-security-policy']).not.toContain('script-src')
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['x-frame-options']).toBeUndefined()
    expect(await htmlErrors(body)).toEqual([])
  })

  it('opens its links beside the page that shows it', async () => {
    await publish()
    const { body } = await get('/de/embed/charts/NZ/house/latest')
    const links = [...body.matchAll(/<a ([^>]*)>/g)].map(([, attributes = '']) => attributes)
    expect(links).toHaveLength(11)
    for (const link of links) {
      expect(link).toMatch(
        /^href="https:\/\/charts\.example\/de\/(tracks|charts)\/[^"]*" target="_blank" rel="noopener"$/,
      )
    }
  })

  it('is not there where the chart is not', async () => {
    await publish({ withheld: true })
    expect((await get('/embed/charts/NZ/house/2026-W07')).statusCode).toBe(404)
    expect((await get('/embed/charts/NZ/house/nonsense')).statusCode).toBe(404)
    expect((await get('/charts/NZ/house/2026-W07/image.png')).statusCode).toBe(404)
  })

  it('is handed out on the page of the chart, with an image and data for programs', async () => {
    await publish({ entries: [{ track: 10, artist: '</script>', title: 'Sol' }] })
    const { body } = await get('/charts/NZ/house/2026-W07')
    expect(body).toContain('&lt;iframe src=&quot;https://charts.example/embed/charts/NZ/house/2026-W07&quot;')
    expect(body).toContain(
      '<meta property="og:image" content="https://charts.example/charts/NZ/house/2026-W07/image.png">',
    )
    const data: unknown = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(body)?.[1] ?? 'null')
    expect(data).toEqual({
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      name: 'House, New Zealand: Week 7 of 2026',
      url: 'https://charts.example/charts/NZ/house/2026-W07',
      numberOfItems: 1,
      itemListOrder: 'https://schema.org/ItemListOrderAscending',
      itemListElement: [
        {
          '@type': 'ListItem',
          position: 1,
          item: {
            '@type': 'MusicRecording',
            name: 'Sol',
            byArtist: { '@type': 'MusicGroup', name: '</script>' },
            url: 'https://charts.example/tracks/000000000000000a',
          },
        },
      ],
    })
  })

  it('has an image that is drawn once a revision', async () => {
    await publish()
    const first = await get('/charts/NZ/house/2026-W07/image.png')
    expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'image/png'])
    expect(first.rawPayload.readUInt32BE(16)).toBe(1200)
    const before = site.statements.count
    expect((await get('/charts/NZ/house/2026-W07/image.png')).headers.etag).toBe(first.headers.etag)
    expect(site.statements.count).toBe(before)
    await publish({ revision: 2, entries: [{ track: 1, title: 'Other' }] })
    expect((await get('/charts/NZ/house/2026-W07/image.png')).headers.etag).not.toBe(first.headers.etag)
  })
})
