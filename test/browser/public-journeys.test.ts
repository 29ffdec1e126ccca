import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { type Demo, openDemo } from './demo/open-demo.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const pathOf = (page: Page) => new URL(page.url()).pathname

describe.skipIf(without('browser'))('a reader of the public pages', () => {
  const browser = openBrowser()
  let demo: Demo

  beforeAll(async () => {
    demo = await openDemo()
  })

  describe.each([
    { scripts: 'with scripts', javaScriptEnabled: true },
    { scripts: 'without scripts', javaScriptEnabled: false },
  ])('$scripts', ({ javaScriptEnabled }) => {
    it.each([390, 1440])('goes from the map to a country, a genre, a month and back at %d pixels', async (width) => {
      const { page, troubles } = await browser.page({ javaScriptEnabled, viewport: { width, height: 900 } })
      await page.goto(demo.server)
      const country = page.locator('.world-map a').first()
      const name = ((await country.getAttribute('aria-label')) ?? '').replace(/:? .*$/, '')
      // By the keyboard: a small country is a few pixels wide.
      await country.focus()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/charts/*/all/*')
      expect(await heading(page).textContent()).toContain(name)

      await page.goto(demo.charts.World)
      const weekPath = pathOf(page)
      await mark(page, javaScriptEnabled)
      const genre = page
        .getByRole('navigation', { name: 'Charts around this one' })
        .locator('a[href*="/world/"]')
        .first()
      const genreName = (await genre.textContent()) ?? ''
      await genre.click()
      await page.getByRole('heading', { level: 1, name: genreName }).waitFor()
      await page.locator('[data-key="month"]').click()
      await page.waitForURL(/\/\d{4}-\d{2}$/)
      await page.locator('[data-key="month"][aria-current="true"]').waitFor()
      await page.locator('[data-key="week"]').click()
      await page.waitForURL(/-W\d{2}$/)
      await page.locator('[data-key="week"][aria-current="true"]').waitFor()
      await page.locator('a[rel="prev"]').click()
      await page.locator('a[rel="next"]').waitFor()
      // What is shown is what the address says, in the head too.
      expect(await page.locator('link[rel="canonical"]').getAttribute('href')).toContain(pathOf(page))
      expect(await isMarked(page)).toBe(javaScriptEnabled)
      for (let step = 0; step < 4; step += 1) await page.goBack()
      await page.waitForURL(new RegExp(`${weekPath}$`))
      await page.getByRole('heading', { level: 1, name: 'All genres' }).waitFor()
      expect(troubles).toEqual([])
    })

    it('follows an entry to its track, and the track to its other charts', async () => {
      const { page, troubles } = await browser.page({ javaScriptEnabled })
      await page.goto(demo.charts.World)
      const entry = page.locator('table.chart td.name a').first()
      const title = (await entry.textContent()) ?? ''
      await entry.click()
      await page.waitForURL('**/tracks/*')
      expect(await heading(page).textContent()).toBe(title)
      // The plot, and the same in a table for who does not see it.
      expect(await page.locator('.plot svg').count()).toBeGreaterThan(0)
      await page.locator('main table a').first().click()
      await page.waitForURL('**/charts/**')
      expect(troubles).toEqual([])
    })

    it('opens a playlist, and from it a track that is on charts', async () => {
      const { page, troubles } = await browser.page({ javaScriptEnabled })
      await page.goto(demo.playlist)
      expect(await page.getByRole('heading', { name: 'Decks' }).isVisible()).toBe(true)
      await page.locator('main a[href^="/tracks/"]').first().click()
      await page.waitForURL('**/tracks/*')
      expect(troubles).toEqual([])
    })

    it('finds a track by a part of its title with a slip in it', async () => {
      const { page, troubles } = await browser.page({ javaScriptEnabled })
      await page.goto(demo.track)
      const title = (await heading(page).textContent()) ?? ''
      const [longest = ''] = title.split(/[^\p{L}]+/u).sort((a, b) => b.length - a.length)
      const slip = longest.slice(0, 2).toUpperCase() + longest.slice(3)
      await page.getByRole('link', { name: 'Search' }).click()
      await page.getByRole('searchbox').or(page.getByRole('combobox')).fill(title.replace(longest, slip))
      await page.getByRole('button', { name: 'Search' }).click()
      await page.getByRole('link', { name: title }).first().click()
      await page.waitForURL(demo.track)
      expect(troubles).toEqual([])
    })

    it('reads the same in German, and stays in it', async () => {
      const { page, troubles } = await browser.page({ javaScriptEnabled })
      await page.goto(demo.charts.World)
      await page.getByRole('link', { name: 'Deutsch' }).click()
      await page.waitForURL('**/de/charts/**')
      expect(await page.locator('html').getAttribute('lang')).toBe('de')
      await page.locator('table.chart td.name a').first().click()
      await page.waitForURL('**/de/tracks/*')
      expect(troubles).toEqual([])
    })
  })

  it('takes a chart along: its feed, its rows and its data, all of the same chart', async () => {
    const { page, troubles } = await browser.page()
    await page.goto(demo.charts.Country)
    const first = await page.locator('table.chart td.name a').first().textContent()
    for (const [name, type] of [
      ['CSV', 'text/csv'],
      ['JSON', 'application/json'],
      ['Feed of new charts', 'application/atom+xml'],
    ] as const) {
      const href = (await page.getByRole('link', { name, exact: true }).getAttribute('href')) ?? ''
      const answer = await page.request.get(new URL(href, page.url()).href)
      expect([name, answer.status(), answer.headers()['content-type']]).toEqual([
        name,
        200,
        expect.stringContaining(type),
      ])
      if (name !== 'Feed of new charts') expect(await answer.text(), name).toContain(first)
    }
    expect(troubles).toEqual([])
  })

  it('does all of it by the keyboard: skips the navigation, searches by a key, takes what is suggested', async () => {
    const { page, troubles } = await browser.page()
    await page.goto(demo.track)
    const title = (await heading(page).textContent()) ?? ''
    await page.goto(demo.charts.World)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    await page.locator('#content:focus').waitFor()

    await page.keyboard.press('/')
    await page.waitForURL('**/search')
    await page.keyboard.press('/')
    await page.locator('#q:focus').waitFor()
    await page.keyboard.type(title)
    await page.getByRole('option').filter({ hasText: title }).first().waitFor()
    const options = await page.getByRole('option').allTextContents()
    const place = options.findIndex((option) => option.startsWith(title))
    for (let step = 0; step <= place; step += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/tracks/*')
    expect(await heading(page).textContent()).toBe(title)
    expect(troubles).toEqual([])
  })

  it('sees where the focus is on everything that can have it', async () => {
    const { page } = await browser.page()
    for (const address of [demo.server, demo.charts.World, demo.track, demo.playlist]) {
      await page.goto(address)
      const unseen = await page.evaluate<string[]>(`
        [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter((element) => {
          element.focus({ focusVisible: true })
          if (document.activeElement !== element) return element.checkVisibility()
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
          const inner = [...element.querySelectorAll('path, circle')].some((shape) => getComputedStyle(shape).strokeWidth !== '0px')
          return (outlineStyle === 'none' || parseFloat(outlineWidth) === 0) && boxShadow === 'none' && !inner
        }).map((element) => element.outerHTML.slice(0, 100))`)
      expect([address, unseen]).toEqual([address, []])
    }
  })
})

/** Leaves something in the page that is gone when another is loaded in its place. */
async function mark(page: Page, javaScriptEnabled: boolean): Promise<void> {
  if (javaScriptEnabled) await page.evaluate('window.isStillThere = true')
}

const isMarked = (page: Page) => page.evaluate<boolean>('window.isStillThere === true')
