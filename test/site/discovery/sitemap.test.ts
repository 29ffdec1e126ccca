import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { openSite } from '../open-site.ts'

const site = openSite()
const HOST = 'tonearm.test'
const get = (url: string, host = HOST) => site.server().inject({ url, headers: { host } })
const valuesOf = (document: string, name: string) =>
  [...new DOMParser().parseFromString(document, 'application/xml').getElementsByTagName(name)].map(
    ({ textContent }) => textContent ?? '',
  )

describe('the sitemap', () => {
  it('leads to every page of a chart and of a track, in each language', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }, { track: 11 }] })
    await site.publish({ period: '2026-W07', region: 'NZ', genre: 'house', entries: [{ track: 10 }] })
    const parts = valuesOf((await get('/sitemap.xml')).body, 'loc')
    expect(parts).toEqual([`http://${HOST}/sitemaps/charts-1.xml`, `http://${HOST}/sitemaps/tracks-1.xml`])
    const bodies = await Promise.all(parts.map(async (part) => (await get(new URL(part).pathname)).body))
    const pages = bodies.flatMap((body) => valuesOf(body, 'loc'))
    expect(pages.map((page) => new URL(page).pathname).sort()).toEqual([
      '/charts/NZ/house/2026-W07',
      '/charts/world/all/2026-W07',
      '/de/charts/NZ/house/2026-W07',
      '/de/charts/world/all/2026-W07',
      '/de/tracks/000000000000000a',
      '/de/tracks/000000000000000b',
      '/tracks/000000000000000a',
      '/tracks/000000000000000b',
    ])
    for (const page of pages) expect((await get(new URL(page).pathname)).statusCode).toBe(200)
    expect(new Set(bodies.flatMap((body) => valuesOf(body, 'lastmod')))).toEqual(new Set(['2026-02-16T00:05:00.000Z']))
  })

  it('names each language of a page beside each', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const { body } = await get('/sitemaps/tracks-1.xml')
    const url = /<url>.*?<\/url>/.exec(body)?.[0] ?? ''
    for (const [language, path] of Object.entries({ en: '', de: '/de', 'x-default': '' })) {
      expect(url).toContain(`hreflang="${language}" href="http://${HOST}${path}/tracks/000000000000000a"`)
    }
  })

  it('names nothing that is withheld', async () => {
    await site.publish({ period: '2026-W07', withheld: true, entries: [{ track: 10 }] })
    expect(valuesOf((await get('/sitemap.xml')).body, 'loc')).toEqual([])
    expect((await get('/sitemaps/charts-1.xml')).statusCode).toBe(404)
    expect((await get('/sitemaps/tracks-1.xml')).statusCode).toBe(404)
  })

  it.each([
    '/sitemaps/charts-0.xml',
    '/sitemaps/charts-2.xml',
    '/sitemaps/playlists-1.xml',
    '/sitemaps/charts-1e3.xml',
  ])('has no part at %s', async (path) => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    expect((await get(path)).statusCode).toBe(404)
  })

  it('repeats no host that is none', async () => {
    for (const path of ['/sitemap.xml', '/robots.txt']) {
      expect((await get(path, 'a.example"><script>')).body).not.toContain('script')
    }
  })
})

describe('robots.txt', () => {
  it('keeps robots out of what is for one reader, and leads them to the sitemap', async () => {
    const { body, headers } = await get('/robots.txt')
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    for (const path of ['/v1/', '/sql', '/me', '/de/me', '/search']) expect(body).toContain(`\nDisallow: ${path}\n`)
    expect(body).not.toMatch(/^Disallow: \/(charts|tracks)/m)
    expect(body).toContain(`\nSitemap: http://${HOST}/sitemap.xml\n`)
  })
})
