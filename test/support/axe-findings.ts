/**
 * What axe finds wrong with a page that a browser shows: barriers for people with screen readers, keyboards, weak eyes.
 * @module
 */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Each as `rule: the element`; none for a page without barriers that axe knows of. */
export async function axeFindings(page: Page): Promise<string[]> {
  // By the browser's own interface, which no policy of the page stops.
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
