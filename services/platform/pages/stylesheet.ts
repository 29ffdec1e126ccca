/**
 * The one stylesheet of the pages, put together from the parts in `stylesheet/`. Tokens, base and layout come first, in this
 * order; then one part an area (`chart.css`, `me.css`), by name. A new part is a new file, and nothing else.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'

const folder = new URL('stylesheet/', import.meta.url)

const first = ['tokens.css', 'base.css', 'layout.css', 'components.css']

/** The whole, without what only its readers need. `font.css` is not in it: its addresses are known when fonts are assets. */
export function readStylesheet(fontFaces: string): string {
  const areas = readdirSync(folder)
    .filter((name) => name.endsWith('.css') && !first.includes(name))
    .sort()
  const source = [...first, ...areas].map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  return transformSync(`${fontFaces}\n${source}`, { loader: 'css', minify: true, legalComments: 'none' }).code
}
