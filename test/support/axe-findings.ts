/**
 * What axe finds wrong with a page that a browser shows: barriers for people with screen readers, keyboards, weak eyes.
 * @module
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** Each as `rule: the element`; none for a page without barriers that axe knows of. */
export async function axeFindings(page: Page): Promise<string[]> {
  // By the browser's own interface, which no policy of the page stops.
  await page.evaluate(source)
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults // as axe documents them
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
