import { describe, expect, it } from 'vitest'
import { problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { openSite } from './open-site.ts'

const site = openSite()
const get = (url: string, accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8') =>
  site.server().inject({ url, headers: { accept } })

const hostile = `"><script>alert('x')</script><b onclick=`

describe('every page', () => {
  const paths = ['/', '/charts/world/all/2026-W07', '/tracks/000000000000000a', '/privacy', '/problems/not-found']

  it.each(paths)('%s is HTML that allows no script and nothing inline', async (path) => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const { statusCode, headers, body } = await get(path)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/)
    // Scripts come from this server, and only add to what is there; JSON-LD is data, in which nothing is markup.
    const allowed = /<script type="(module" src="\/assets\/[\w.-]+">|application\/ld\+json">[^<]*)<\/script>/g
    expect(body.replaceAll(allowed, '')).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)
    expect(body.match(/<h1>/g)).toHaveLength(1)
  })

  it.each(paths)('%s answers 304 and HEAD', async (path) => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const { headers } = await get(path)
    expect(headers['cache-control']).toMatch(/^public, /)
    const again = await site.server().inject({ url: path, headers: { 'if-none-match': String(headers.etag) } })
    expect(again.statusCode).toBe(304)
    const head = await site.server().inject({ method: 'HEAD', url: path })
    expect([head.statusCode, head.headers.etag, head.body]).toEqual([200, headers.etag, ''])
  })

  it('links to a stylesheet that is there', async () => {
    const address = /<link rel="stylesheet" href="([^"]+)">/.exec((await get('/')).body)?.[1] ?? ''
    const styles = await site.server().inject({ url: address })
    expect(styles.headers['content-type']).toBe('text/css; charset=utf-8')
    expect(styles.headers['cache-control']).toContain('immutable')
    expect(styles.body).toContain('prefers-color-scheme:dark')
  })

  it.each(paths)('%s is there in German too, and each language names the other', async (path) => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const german = path === '/' ? '/de' : `/de${path}`
    const { statusCode, body } = await get(german)
    expect(statusCode).toBe(200)
    expect(body).toMatch(/^<!doctype html>\n<html lang="de">/)
    for (const page of [body, (await get(path)).body]) {
      expect(page).toContain(`<link rel="alternate" hreflang="en" href="${path}">`)
      expect(page).toContain(`<link rel="alternate" hreflang="de" href="${german}">`)
    }
    // All but files, the API and the other language stays in German.
    const links = [...body.matchAll(/<a (?![^>]*hreflang)[^>]*href="(\/[^"]*)"/g)].map(([, href = '']) => href)
    expect(links.filter((href) => !/^\/(de(\/|$)|v1\/|feeds\/|openapi\.json)/.test(href))).toEqual([])
  })
})

describe('the home page', () => {
  it('says so where nothing is published yet', async () => {
    const { statusCode, body } = await get('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('No chart is published yet')
  })

  it('shows the newest world chart and links to regions and genres that have a week', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10, title: 'Newest' }] })
    await site.publish({ period: '2026-W07', region: 'NZ', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', region: 'oceania', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', genre: 'drum-and-bass', entries: [{ track: 10 }] })
    await site.publish({ period: '2026', region: 'AU', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', region: 'CA', withheld: true, entries: [{ track: 10 }] })
    const { body } = await get('/')
    expect(body).toContain('Newest')
    // The map has a link into the country, with its DJs.
    expect(body).toContain('<a href="/charts/NZ/all/latest" aria-label="New Zealand: 41 DJs" class="country level-1">')
    expect(body).toContain('<a href="/charts/NZ/all/latest">New Zealand</a>')
    expect(body).toContain('<a href="/charts/oceania/all/latest">Oceania</a>')
    expect(body).toContain('<a href="/charts/world/drum-and-bass/latest">Drum and bass</a>')
    expect(body).not.toContain('/charts/AU/')
    expect(body).not.toContain('/charts/CA/')
  })
})

describe('what moves on the home page', () => {
  it('is the entries that climbed furthest, and those that are new', async () => {
    const [a, b, c] = [{ track: 10, title: 'Climber' }, { track: 11 }, { track: 12 }]
    await site.publish({ period: '2026-W06', entries: [b, c, a] })
    await site.publish({ period: '2026-W07', entries: [a, b, c, { track: 13, title: 'Fresh' }] })
    const [climbers = '', fresh = ''] = (await get('/')).body.split('<ol class="movers">').slice(1)
    expect(climbers).toContain('Climber')
    expect(climbers).toContain('3 → 1')
    expect(fresh).toContain('Fresh')
    expect(fresh).toContain('straight to 4')
  })
})

describe('the page of a chart', () => {
  it('leads to the other kinds of period, to the one that holds this one', async () => {
    const entries = [{ track: 10 }]
    for (const period of ['2026-W05', '2026-W07', '2026-01', '2026-02', '2026']) await site.publish({ period, entries })
    const kinds = async (period: string) => {
      const { body } = await get(`/charts/world/all/${period}`)
      return [...body.matchAll(/href="\/charts\/world\/all\/([\w-]+)" data-key="(?:week|month|year)"/g)].map(
        ([, name]) => name,
      )
    }
    expect(await kinds('2026-W05')).toEqual(['2026-W05', '2026-01', '2026'])
    expect(await kinds('2026-02')).toEqual(['2026-W07', '2026-02', '2026'])
    expect(await kinds('2026')).toEqual(['2026-W07', '2026-02', '2026'])
  })

  it('draws the ranks of the weeks before, with the gaps in them', async () => {
    const [a, b] = [{ track: 10 }, { track: 11 }]
    await site.publish({ period: '2026-W05', entries: [b, a] })
    await site.publish({ period: '2026-W06', entries: [b] })
    await site.publish({ period: '2026-W07', entries: [a] })
    expect((await get('/charts/world/all/2026-W07')).body).toMatch(/<title>Ranks, oldest first: [none, ]+ 2, none, 1</)
  })

  it('says where it lies: in which regions, and in which genres of the tree', async () => {
    const entries = [{ track: 10 }]
    for (const region of ['world', 'oceania', 'NZ'])
      await site.publish({ period: '2026-W07', region, genre: 'deep-house', entries })
    for (const genre of ['all', 'house']) await site.publish({ period: '2026-W07', region: 'NZ', genre, entries })
    const [, body = ''] = (await get('/charts/NZ/deep-house/2026-W07')).body.split(/<main|<h1>/)
    const steps = [...body.matchAll(/<li>(<a|<span)[^>]*>([^<]+)</g)].map(
      ([, tag, name]) => `${tag === '<a' ? 'to ' : ''}${name}`,
    )
    expect(steps).toEqual([
      ...['to World', 'to Oceania', 'New Zealand'],
      // Electronic has no chart there.
      ...['to All genres', 'Electronic', 'to House', 'Deep house'],
    ])
  })

  it('shows rank, movement, texts, DJs, plays, peak and what the minimum means', async () => {
    await site.publish({ period: '2026-W06', entries: [{ track: 11 }, { track: 10 }] })
    await site.publish({
      period: '2026-W07',
      entries: [{ track: 10, artist: 'Kruder', title: 'Dawn', label: 'G-Stone', djs: 17, plays: 1234 }],
    })
    const { body } = await get('/charts/world/all/2026-W07')
    for (const text of [
      'Kruder',
      'Dawn',
      'G-Stone',
      '>17<',
      '>1,234<',
      '▲</span> up 1',
      'fewer than 5 DJs',
      'provisional',
    ]) {
      expect(body).toContain(text)
    }
    expect(body).toContain('href="/tracks/000000000000000a"')
  })

  it('links to the periods around it, the region above, regions within, other genres, CSV and JSON', async () => {
    const entries = [{ track: 10 }]
    for (const period of ['2026-W06', '2026-W07', '2026-W08']) {
      await site.publish({ period, region: 'NZ', genre: 'house', entries })
    }
    await site.publish({ period: '2026-W07', region: 'oceania', genre: 'house', entries })
    await site.publish({ period: '2026-W07', region: 'NZ-AUK', genre: 'house', entries })
    await site.publish({ period: '2026-W07', region: 'NZ', entries })
    const { body } = await get('/charts/NZ/house/2026-W07')
    for (const path of [
      '/charts/NZ/house/2026-W06',
      '/charts/NZ/house/2026-W08',
      '/charts/oceania/house/2026-W07',
      '/charts/NZ-AUK/house/2026-W07',
      '/charts/NZ/all/2026-W07',
      '/v1/charts/NZ/house/2026-W07.csv',
      '/v1/charts/NZ/house/2026-W07',
    ]) {
      expect(body).toContain(`href="${path}"`)
    }
  })

  it('has no link that leads nowhere', async () => {
    const entries = [{ track: 10 }]
    await site.publish({ period: '2026-W07', entries })
    await site.publish({ period: '2026-W07', region: 'NZ', entries })
    await site.publish({ period: '2026-W06', region: 'NZ', withheld: true, entries })
    await site.publish({ period: '2026-W07', region: 'NZ-AUK', withheld: true, entries })
    const { body } = await get('/charts/NZ/all/2026-W07')
    const paths = [...body.matchAll(/href="(\/[^"]*)"/g)].map(([, path]) => path ?? '')
    expect(paths.length).toBeGreaterThan(5)
    for (const path of paths.filter((candidate) => !/^\/(openapi\.json$|me$)/.test(candidate))) {
      expect([path, (await get(path)).statusCode]).toEqual([path, 200])
    }
  })

  it('keeps what is in tags from becoming markup', async () => {
    await site.publish({
      period: '2026-W07',
      entries: [{ track: 10, artist: hostile, title: hostile, label: hostile }],
    })
    const { body } = await get('/charts/world/all/2026-W07')
    expect(body).not.toContain('<script>')
    expect(body).not.toContain('<b ')
    expect(body).toContain('&quot;&gt;&lt;script&gt;')
  })

  it('escapes genres that are not ASCII in its links', async () => {
    await site.publish({ period: '2026-W07', genre: 'дип-хаус', entries: [{ track: 10 }] })
    const { statusCode, body } = await get(`/charts/world/${encodeURIComponent('дип-хаус')}/latest`)
    expect(statusCode).toBe(200)
    expect(body).toContain(`href="/v1/charts/world/${encodeURIComponent('дип-хаус')}/2026-W07.csv"`)
  })
})

describe('what there is not', () => {
  const missing = [
    '/charts/world/all/2020-W01',
    '/charts/x/y/z',
    '/tracks/nothing',
    '/playlists/none',
    '/problems/none',
  ]

  it.each([...missing, '/nowhere', '/charts'])('%s is a page for a browser', async (path) => {
    const { statusCode, headers, body } = await get(path)
    expect(statusCode).toBe(404)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(body).toContain(problemCatalogue['not-found'].title)
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body))
  })

  it.each([...missing, '/nowhere'])('%s is a problem for a program', async (path) => {
    for (const accept of ['*/*', 'application/json', 'text/html;q=0, */*']) {
      const answer = await get(path, accept)
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'not-found' })
    }
  })

  it('is a problem under /v1 whoever asks', async () => {
    expect((await get('/v1/nowhere')).json()).toMatchObject({ code: 'not-found' })
    expect((await get('/v1/charts/world/all/2020-W01')).json()).toMatchObject({ code: 'not-found' })
  })

  it('looks the same for a withheld chart and for one that never was', async () => {
    await site.publish({ period: '2026-W07', region: 'AU', withheld: true, entries: [{ track: 10 }] })
    const withheld = await get('/charts/AU/all/2026-W07')
    expect(withheld.rawPayload.equals((await get('/charts/CA/all/2026-W07')).rawPayload)).toBe(true)
  })
})

describe('a problem in German', () => {
  it('is told in German', async () => {
    const { statusCode, body } = await get('/de/charts/world/all/2020-W01')
    expect(statusCode).toBe(404)
    expect(body).toContain('<html lang="de">')
    expect(body).toContain('Hier ist nichts')
  })
})

describe('pages of problems', () => {
  it.each(Object.entries(problemCatalogue))('%s has one', async (code, { title, status }) => {
    const { statusCode, body } = await get(`/problems/${code}`)
    expect(statusCode).toBe(200)
    expect(body).toContain(title)
    expect(body).toContain(String(status))
    // Code is marked up as code; the marks are for readers in terminals.
    expect(body + (await get(`/de/problems/${code}`)).body).not.toMatch(/`|&#96;/)
  })

  it('are not there for members that every object has', async () => {
    for (const code of ['constructor', '__proto__', 'toString']) {
      expect((await get(`/problems/${code}`)).statusCode).toBe(404)
    }
  })
})
