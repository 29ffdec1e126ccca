import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Chart } from '#schemas/records/chart.ts'
import type { OwnSessionSummary, SessionUpload } from '#schemas/records/session.ts'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { quickCharts, type RunningServer, runProgram, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

/** Each would run, or become an element, in one of the places where text of tags is put: elements, attributes, scripts, styles, XML, addresses. */
const injections = [
  '<script>window.injected=1</script>',
  '"><img src=x onerror=window.injected=1>',
  "'><svg/onload=window.injected=1>",
  '" autofocus onfocus="window.injected=1" x="',
  '</title><script>window.injected=1</script>',
  '</script><script>window.injected=1</script>',
  '<!--<script>--><script>window.injected=1</script>',
  'javascript:window.injected=1',
  ']]><script xmlns="http://www.w3.org/1999/xhtml">window.injected=1</script>',
  '</style><style>*{background:url(//injected.example)}</style>',
  '&lt;script&gt;window.injected=1&lt;/script&gt;',
  '<iframe srcdoc="<script>parent.injected=1</script>">',
  '<a href="javascript:window.injected=1">x</a>',
  '<base href="//injected.example/"><link rel=stylesheet href=x>',
  '<?xml-stylesheet href="data:text/css,*{}"?><!ENTITY x "y">&x;',
  '{{window.injected=1}}<%= window.injected=1 %>$' + '{window.injected=1}',
] as const

/** As many as an entry needs. */
const DJS = 5
const START_MS = Date.parse('2024-02-14T20:00:00Z')
const WEEK = '2024-W07'

/** Every text that a session can have is one of them, the same for each DJ. With a remixer a title is shown as it was cleaned, without as it is. */
function sessionOfInjections(hasRemixer: boolean): SessionUpload {
  const [name = ''] = injections
  return {
    id: `${name}${hasRemixer}`,
    historyId: name,
    exportId: name,
    name,
    software: { name, version: name },
    system: { os: name, processor: name, computerType: name },
    startedAt: new Date(START_MS).toISOString(),
    visibility: 'public',
    tracks: injections.map((text, index) => ({
      id: `${index}${text}`,
      deck: 1 + (index % 2),
      startedAt: new Date(START_MS + index * 300_000).toISOString(),
      playedSeconds: 290,
      tags: {
        title: text,
        artist: `${index} ${text}`,
        album: text,
        genre: `House, ${text}`,
        label: text,
        key: text,
        ...(hasRemixer && { remixer: text }),
        composer: text,
        fileName: text,
        bpm: 120 + index,
      },
    })),
  }
}

describe.skipIf(without('browser'))('a text that somebody sent', () => {
  const browser = openBrowser()
  let server: RunningServer
  let charted: Chart
  let playlist: string
  let signIn: string
  let ownSession: string

  beforeAll(async () => {
    server = await startServer({ settings: quickCharts })
    const accounts = Array.from({ length: DJS }, (_, index) => `${injections[1]}${index}`)
    for (const account of accounts) {
      const dj = await server.api(account)
      const profile = await dj.patch('/v1/me/profile', {
        displayName: injections[0],
        location: { country: 'NZ' },
        genrePreferences: injections.slice(0, 10),
        choices: { charts: true },
      })
      expect(profile.status, profile.text).toBe(200)
      const sent = await dj.post('/v1/sessions', {
        json: { sessions: [sessionOfInjections(true), sessionOfInjections(false)] },
      })
      expect(sent.json(), sent.text).toMatchObject({ rejected: [] })
    }
    const anybody = await server.api()
    charted = await waitFor(
      'a chart',
      async () => {
        const chart = (await anybody.get(`/v1/charts/NZ/all/${WEEK}`)).json<Chart>()
        return chart.chart?.plays === DJS * 2 * injections.length && chart
      },
      60_000,
    )
    const own = await server.api(accounts[0])
    const [session] = (await own.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>().sessions
    playlist = `/playlists/${session?.publicId}`
    ownSession = `/me/sessions/${session?.key}`
    const args = ['--sub', accounts[0] ?? '', '--link', '--url', server.address]
    signIn = (await runProgram('services/standalone/token.ts', args, { DATA_DIR: server.dataDir })).stdout.trim()
  })

  const open = async (page: Page, path: string) => {
    await page.goto(new URL(path, server.address).href)
    return await injectedInto(page)
  }

  it('is shown on public pages as it is, and never becomes markup', async () => {
    // A genre may be of what was typed after the comma: whatever there is of charts is looked at.
    expect(charted.entries).toHaveLength(2 * injections.length)
    const { page, troubles } = await browser.page()
    const genres = [...new Set(charted.entries.map(() => 'all')), 'house', 'scene-house']
    const charts = genres.flatMap((genre) => [`/charts/NZ/${genre}/${WEEK}`, `/embed/charts/NZ/${genre}/${WEEK}`])
    const tracks = charted.entries.map(({ track }) => `/tracks/${track.id}`)
    const found: unknown[] = []
    for (const path of ['/', '/de', '/privacy', ...charts, ...tracks, playlist, `/de${playlist}`]) {
      const answer = await page.request.get(new URL(path, server.address).href)
      // A scene has no chart where too few prefer it.
      if (answer.status() === 404 && path.includes('scene')) continue
      found.push(...(await open(page, path)).map((what) => [path, what]))
    }
    expect(found).toEqual([])

    await open(page, `/charts/NZ/all/${WEEK}`)
    const titles = await page.locator('table.chart td.name a').allTextContents()
    expect(new Set(titles)).toEqual(new Set(charted.entries.map(({ track }) => track.title)))
    for (const text of injections) expect(titles).toContain(text)
    await open(page, playlist)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(injections[0])
    expect(troubles).toEqual([])
  })

  it('is nothing else in feeds, maps of the site, and what programs read, as a browser shows them', async () => {
    const { page } = await browser.page()
    const feed = await page.request.get(new URL('/feeds/charts/NZ/all/week.atom', server.address).href)
    expect(feed.status()).toBe(200)
    const paths = ['/feeds/charts/NZ/all/week.atom', '/sitemap.xml', '/sitemaps/charts-1.xml', `/v1${playlist}`]
    const data = [`/v1/charts/NZ/all/${WEEK}`, `/v1/charts/NZ/all/${WEEK}.csv`, '/v1/search?q=script', '/v1/charts']
    for (const path of [...paths, ...data]) {
      const address = new URL(path, server.address).href
      const { headers } = await fetch(address)
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff'])
      // What a browser would save in place of showing it is not run either.
      const shown = await page.goto(address).then(
        () => true,
        () => false,
      )
      if (shown) expect([path, await injectedInto(page)]).toEqual([path, []])
    }
    await open(page, '/')
    const text = await feed.text()
    const isWellFormed = `new DOMParser().parseFromString(${JSON.stringify(text)}, 'application/xml').querySelector('parsererror') === null`
    expect(await page.evaluate(isWellFormed)).toBe(true)
  })

  it('is nothing else where it comes in an address: a search, a problem, a chart, a sign-in', async () => {
    const { page } = await browser.page()
    for (const text of injections) {
      const path = `/search?q=${encodeURIComponent(text)}`
      expect([path, await open(page, path)]).toEqual([path, []])
    }
    // Those that break out of an element and of an attribute, and an address that runs.
    const some = [injections[0], injections[1], injections[7]]
    for (const text of some) {
      const encoded = encodeURIComponent(text)
      for (const path of [
        ...[`/search?artist=${encoded}`, `/search?label=${encoded}`, `/problems/${encoded}`],
        ...[`/charts/${encoded}/all/latest`, `/charts/world/${encoded}/latest`, `/charts/world/all/${encoded}`],
        ...[`/tracks/${encoded}`, `/playlists/${encoded}`, `/me/sign-in?to=${encoded}`, `/me/link?token=${encoded}`],
      ]) {
        expect([path, await open(page, path)]).toEqual([path, []])
      }
    }
    // What is suggested while one types, too.
    for (const text of some) {
      await page.goto(new URL('/search', server.address).href)
      const suggestions = page.waitForResponse((response) => response.url().includes('/v1/search'))
      await page.getByRole('combobox').fill(text)
      await suggestions
      expect([text, await injectedInto(page)]).toEqual([text, []])
    }
  })

  it("is nothing else on a DJ's own pages", async () => {
    const { page, troubles } = await browser.page()
    await page.goto(signIn)
    await page.getByRole('button', { name: 'Sign in as' }).click()
    await page.waitForURL('**/me')
    const paths = ['/me', '/me/sessions', `/me/sessions?q=${encodeURIComponent(injections[0])}`, ownSession]
    for (const path of [...paths, `${ownSession}/delete`, '/me/profile', '/me/choices', '/me/data', '/me/erase']) {
      expect([path, await open(page, path)]).toEqual([path, []])
    }
    await open(page, ownSession)
    const main = (await page.locator('main').textContent()) ?? ''
    for (const text of injections) expect(main).toContain(text)
    expect(troubles).toEqual([])
  })
})

/** What a page has that only a text that was taken for markup can have brought in. */
async function injectedInto(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(`(() => {
    const foreign = [
      '[onload], [onerror], [onfocus], [autofocus], iframe, base, style:not(#xml-viewer-style), img[src="x"], a[href^="javascript:" i]',
      'script:not([src]):not([type="application/ld+json"]), script[src]:not([src^="/assets/"])',
      'link[rel="stylesheet"]:not([href^="/assets/"])',
    ].join()
    return [
      ...[...document.querySelectorAll(foreign)].map((element) => element.outerHTML.slice(0, 200)),
      ...(window.injected === undefined ? [] : ['a script ran']),
      ...[...document.querySelectorAll('script[type="application/ld+json"]')].flatMap(({ textContent }) => {
        try {
          JSON.parse(textContent)
          return []
        } catch (cause) {
          return [String(cause)]
        }
      }),
    ]
  })()`)
}
