import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { watchCost } from '../support/page-cost.ts'

/** 30,000 bytes that move what is above them when they come. */
const late = 'p { margin-top: 300px }'.padEnd(30_000)

const pages: Readonly<Record<string, [status: number, headers: Record<string, string>, body: string]>> = {
  '/moved': [303, { location: '/jumps' }, ''],
  '/jumps': [200, { 'content-type': 'text/html' }, '<link rel="stylesheet" href="/late.css"><p>Below'],
  '/late.css': [200, { 'content-type': 'text/css', 'cache-control': 'max-age=60' }, late],
  '/still': [200, { 'content-type': 'text/html' }, '<!doctype html><p>Still'],
}

describe.skipIf(without('browser'))('what a page costs', () => {
  const browser = openBrowser()
  let server: Server
  let address: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, headers, body] = pages[request.url ?? ''] ?? [404, {}, '']
      response.writeHead(status, headers)
      if (request.url !== '/jumps') return response.end(body)
      // Text first, in a frame of its own, and then what moves it.
      response.write(`<!doctype html><p>Above</p><div>${'Text. '.repeat(2000)}</div>`)
      setTimeout(() => response.end(body), 300)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server's address
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each([true, false])(
    'is counted anew for each page, with all that it needs (scripts: %s)',
    async (javaScriptEnabled) => {
      const { page } = await browser.page({ javaScriptEnabled })
      const cost = await watchCost(page)
      for (let visit = 0; visit < 2; visit += 1) {
        await page.goto(`${address}/moved`, { waitUntil: 'load' })
        expect(await cost.transferBytes()).toBeGreaterThan(42_000)
        expect(await cost.transferBytes()).toBeLessThan(43_500)
        expect(await cost.layoutShift()).toBeGreaterThan(0.05)
        await page.goto(`${address}/still`, { waitUntil: 'load' })
        expect(await cost.transferBytes()).toBeLessThan(500)
        expect(await cost.layoutShift()).toBe(0)
      }
    },
  )
})
