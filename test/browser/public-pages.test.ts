import { beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from '../support/axe-findings.ts'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { watchCost } from '../support/page-cost.ts'
import { type Demo, openDemo } from './demo/open-demo.ts'

/** The most that may be transferred for a page, fonts included, bytes. */
const TRANSFER_BYTES_MAX = 150_000
/** Of the layout, as browsers measure it (Cumulative Layout Shift). */
const SHIFT_MAX = 0.05

const variants = [
  { width: 390, colorScheme: 'dark', javaScriptEnabled: true },
  { width: 390, colorScheme: 'light', javaScriptEnabled: false },
  { width: 1440, colorScheme: 'light', javaScriptEnabled: true },
  { width: 1440, colorScheme: 'dark', javaScriptEnabled: false },
] as const

describe.skipIf(without('browser'))('the public pages in a browser', () => {
  const browser = openBrowser()
  let demo: Demo
  let pages: readonly string[]
  /** Of these axe sees no more than of the others, and takes seconds for a long table. */
  let likeOthers: readonly string[]

  beforeAll(async () => {
    demo = await openDemo()
    const { charts, server, track, playlist } = demo
    const paths = ['/', '/de', '/search', '/search?q=a', '/privacy', '/developers', '/developers/api']
    const embedded = charts.Country.replace('/charts/', '/embed/charts/')
    const inGerman = [charts.Genre, track, playlist].map((address) => address.replace(server, `${server}/de`))
    pages = [
      ...paths.map((path) => server + path),
      ...Object.values(charts),
      ...[track, playlist, embedded, `${server}/problems/not-found`],
      ...inGerman,
    ]
    likeOthers = [charts.Genre, charts.Scene, charts.Month, charts.Year, ...inGerman]
  })

  it.each(variants)(
    'are whole at $width pixels, $colorScheme, with scripts: $javaScriptEnabled',
    async ({ width, ...options }) => {
      const { page, troubles } = await browser.page({ ...options, viewport: { width, height: 900 } })
      const cost = await watchCost(page)
      const findings: Record<string, unknown> = {}
      for (const address of pages) {
        await page.goto(address, { waitUntil: 'networkidle' })
        const found = {
          isWider: await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth'),
          isTooHeavy: (await cost.transferBytes()) > TRANSFER_BYTES_MAX,
          ...(options.javaScriptEnabled
            ? {
                axe: likeOthers.includes(address) ? [] : await axeFindings(page),
                isShifting: (await cost.layoutShift()) > SHIFT_MAX,
              }
            : {}),
        }
        if (Object.values(found).some((value) => value === true || (Array.isArray(value) && value.length > 0))) {
          findings[address] = found
        }
      }
      expect(findings).toEqual({})
      expect(troubles).toEqual([])
    },
  )

  it('say in a page without barriers that something is not there', async () => {
    const { page } = await browser.page()
    await page.goto(`${demo.server}/playlists/nowhere`)
    expect(await axeFindings(page)).toEqual([])
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  })

  it('move nothing for who asked for less motion', async () => {
    const { page } = await browser.page({ reducedMotion: 'reduce' })
    for (const address of [demo.server, demo.charts.World, demo.track, demo.playlist, `${demo.server}/search`]) {
      await page.goto(address)
      const moving = await page.evaluate<string[]>(`
        [...document.querySelectorAll('*')].filter((element) => {
          const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element)
          const lasts = (durations) => durations.split(', ').some((duration) => parseFloat(duration) > 0.01)
          return lasts(transitionDuration) || lasts(animationDuration) || scrollBehavior === 'smooth'
        }).map((element) => element.outerHTML.slice(0, 80))`)
      expect([address, moving]).toEqual([address, []])
    }
  })

  it('are printed in black on white, without what only a screen has a use for', async () => {
    const { page } = await browser.page({ colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    for (const address of [demo.charts.World, demo.track, demo.playlist]) {
      await page.goto(address)
      const colours = await page.evaluate<{ ink: string; paper: string }>(`(() => {
        const { color, backgroundColor } = getComputedStyle(document.body)
        return { ink: color, paper: backgroundColor }
      })()`)
      expect(lightness(colours.paper), address).toBeGreaterThan(240)
      expect(lightness(colours.ink), address).toBeLessThan(60)
      expect(await page.locator('.site-header nav').isVisible(), address).toBe(false)
    }
  })
})

/** The mean of red, green and blue; what is transparent lies on white paper. */
function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0, alpha = 1] = [...colour.matchAll(/[\d.]+/g)].map(Number)
  return alpha === 0 ? 255 : (red + green + blue) / 3
}
