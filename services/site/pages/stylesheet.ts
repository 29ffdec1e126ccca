/**
 * The one stylesheet of the pages. It has a route of its own, so that the pages' policy can forbid inline styles.
 * @module
 */
import { createHash } from 'node:crypto'

export const stylesheet = `:root {
  color-scheme: light dark;
  --ink: #1b1b1f; --soft: #5c5c66; --ground: #fdfdfb; --line: #deded8; --link: #0b57a4; --mark: #f1f1ec;
  --up: #0a6b35; --down: #a1341f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #ecece8; --soft: #a5a5ad; --ground: #16161a; --line: #34343b; --link: #8ebeff; --mark: #202026;
    --up: #6fd39a; --down: #ff9d87;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem; max-width: 62rem;
  background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header, footer { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
header { padding-bottom: .75rem; border-bottom: 1px solid var(--line); }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); }
.brand { font-weight: 700; font-size: 1.15rem; color: inherit; text-decoration: none; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .25rem .5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p, dl, li { max-width: 44rem; }
.soft { color: var(--soft); }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding: .5rem 0; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; font-size: .875rem; color: var(--soft); white-space: nowrap; }
tbody tr:hover { background: var(--mark); }
td { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
.name { min-width: 9rem; }
.up { color: var(--up); }
.down { color: var(--down); }
.links { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: .5rem 0; list-style: none; max-width: none; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
@media (max-width: 40rem) {
  th, td { padding: .4rem .35rem; }
  .wide { display: none; }
}
`

const version = createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)

/** The path of its route. */
export const STYLESHEET_PATH = '/site.css'

/** Its address in pages; another content has another address, so caches never mix them. */
export const stylesheetAddress = `${STYLESHEET_PATH}?v=${version}`
