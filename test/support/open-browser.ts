/**
 * A real browser for a test file: Chromium without a window, which ends with the file.
 * @module
 */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { findChromium } from './chromium.ts'

export interface OpenBrowser {
  /** A page of its own, without cookies, storage or cache; it goes when the test ends. */
  page(options?: BrowserContextOptions): Promise<WatchedPage>
}

export interface WatchedPage {
  readonly page: Page
  /**
   * What went wrong on it so far: errors on the console (reports of the policy are among them), exceptions, requests that
   * failed, were answered with an error, or went to another host than the page's. What a page breaks off when it is left is
   * none of it.
   */
  readonly troubles: readonly string[]
}

/** Call it in a `describe` of a file in `test/browser`; there is one browser, started before the first test. */
export function openBrowser(): OpenBrowser {
  let browser: Browser | undefined
  const pages = new Set<Page>()

  beforeAll(async () => {
    const executablePath = findChromium()
    if (executablePath === undefined) throw new Error('there is no Chromium: see test/support/chromium.ts')
    // Its sandbox does not start for root, and it opens nothing here but pages of this project.
    browser = await chromium.launch({ executablePath, chromiumSandbox: false })
  })
  afterEach(async () => {
    for (const page of pages) await page.context().close()
    pages.clear()
  })
  afterAll(() => browser?.close())

  return {
    async page(options = {}) {
      if (browser === undefined) throw new Error('the browser starts before the first test')
      const context = await browser.newContext(options)
      const page = await context.newPage()
      pages.add(page)
      const troubles: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text())
      })
      page.on('pageerror', (error) => troubles.push(String(error)))
      page.on('request', (request) => {
        const { protocol, host } = new URL(request.url())
        const isOwn = request.isNavigationRequest() || protocol === 'data:' || host === new URL(page.url()).host
        if (!isOwn) troubles.push(`${request.url()}: another host`)
      })
      page.on('requestfailed', (request) => {
        const error = request.failure()?.errorText
        if (error !== 'net::ERR_ABORTED') troubles.push(`${request.url()}: ${error}`)
      })
      page.on('response', (response) => {
        if (response.status() >= 400) troubles.push(`${response.url()}: ${response.status()}`)
      })
      return { page, troubles }
    },
  }
}
