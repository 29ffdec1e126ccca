/**
 * What the page that a browser shows costs those who look at it: bytes over the wire, and how far it jumps while it loads.
 *
 * Sources: Chrome DevTools Protocol, `Network` (`encodedDataLength`: bytes as they came, headers included); Layout
 * Instability API (`layout-shift`; an entry with `hadRecentInput` is what somebody did, and no jump).
 * @module
 */
import type { Page } from 'playwright-core'
import { waitFor } from './wait-for.ts'

export interface PageCost {
  /**
   * Bytes of the page that is shown last: with its styles, fonts, scripts and images and with the redirects to it, as for
   * somebody who comes for the first time, for nothing is taken from a cache. Waits until all that was asked for is there,
   * but for a stream of events, which is not in it. Call it after `goto`, or after what a test waits for.
   */
  transferBytes(): Promise<number>
  /** The sum of all jumps of the page that is shown last, up to now: 0 where nothing moved. Good up to 0.1. */
  layoutShift(): Promise<number>
}

/** The browser keeps the first 150 jumps of a page, so nothing has to watch from its beginning on. */
const SHIFTS = `(() => {
  const observer = new PerformanceObserver(() => {})
  observer.observe({ type: 'layout-shift', buffered: true })
  return observer.takeRecords().reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0)
})()`

/** Call it before `goto`; from then on it follows the page from document to document, with and without scripts. */
export async function watchCost(page: Page): Promise<PageCost> {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.setCacheDisabled', { cacheDisabled: true })
  const { frameTree } = await client.send('Page.getFrameTree')
  let shown = ''
  let bytes = new Map<string, number>()
  let pending = new Set<string>()

  const add = (request: string, more: number) => bytes.set(request, (bytes.get(request) ?? 0) + more)
  client.on('Network.requestWillBeSent', ({ requestId, loaderId, frameId, type, redirectResponse }) => {
    const isNewPage = type === 'Document' && frameId === frameTree.frame.id && loaderId !== shown
    if (isNewPage) {
      shown = loaderId
      bytes = new Map()
      pending = new Set()
    }
    // A stream has no end, and a browser leaves an icon (`Other`) without a word when it goes on to the next page.
    if (loaderId === shown && type !== 'EventSource' && type !== 'Other') pending.add(requestId)
    if (redirectResponse !== undefined) add(requestId, redirectResponse.encodedDataLength)
  })
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    add(requestId, encodedDataLength)
    pending.delete(requestId)
  })
  client.on('Network.loadingFailed', ({ requestId }) => pending.delete(requestId))

  return {
    async transferBytes() {
      await waitFor('all of the page', () => shown !== '' && pending.size === 0)
      return [...bytes.values()].reduce((sum, each) => sum + each, 0)
    },
    async layoutShift() {
      // A jump is told of with the frame that shows it, so there has to be one.
      await page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } })
      return (await page.evaluate(SHIFTS)) as number // as the expression says
    },
  }
}
