import { beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'

describe.skipIf(without('browser'))('the front page in a browser', () => {
  const browser = openBrowser()
  let server: RunningServer

  beforeAll(async () => {
    server = await startServer()
  })

  it('has its title and its styles, and nothing goes wrong on it', async () => {
    const { page, troubles } = await browser.page()
    await page.goto(server.address, { waitUntil: 'load' })
    expect(await page.title()).toMatch(/Tonearm/)
    expect(await page.evaluate('document.styleSheets.length')).toBe(1)
    expect(troubles).toEqual([])
  })

  it('tells of what goes wrong on a page', async () => {
    const { page, troubles } = await browser.page()
    await page.goto(new URL('/nowhere', server.address).href)
    expect(troubles).toContain(`${new URL('/nowhere', server.address)}: 404`)
    await page.addScriptTag({ content: 'nowhere()' }).catch(() => undefined)
    expect(troubles.join('\n')).toMatch(/Content Security Policy/)
  })
})
