/**
 * What every page loads: the typeface, the stylesheet, the icon.
 *
 * The typeface is Instrument Sans (Open Font License), one variable file for all weights. Characters beyond Latin come from
 * the reader's system, and those of the second file are fetched only by a page that shows one.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Asset, createAsset } from './assets.ts'
import { bundleScript } from './bundle-script.ts'
import { readStylesheet } from './stylesheet.ts'

const FONT_FAMILY = 'Instrument Sans'

const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('@fontsource-variable/instrument-sans')),
  'files',
)

const fontFile = (subset: string): Asset =>
  createAsset({
    name: `instrument-sans-${subset}`,
    extension: 'woff2',
    content: readFileSync(join(fontFolder, `instrument-sans-${subset}-wght-normal.woff2`)),
    contentType: 'font/woff2',
  })

const latin = fontFile('latin')
const latinExtended = fontFile('latin-ext')

// The ranges are those that the package's own stylesheet tells for these files.
const fontFaces = [
  [
    latin,
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  ],
  [
    latinExtended,
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  ],
] as const

// `optional`: with the preload of the layout the typeface is there in time, and a text never changes its width afterwards.
const stylesheet = createAsset({
  name: 'site',
  extension: 'css',
  content: readStylesheet(
    fontFaces
      .map(
        ([{ path }, range]) =>
          `@font-face{font-family:'${FONT_FAMILY}';font-style:normal;font-weight:400 700;font-display:optional;` +
          `src:url('${path}') format('woff2');unicode-range:${range}}`,
      )
      .join('\n'),
  ),
  contentType: 'text/css; charset=utf-8',
})

const icon = createAsset({
  name: 'icon',
  extension: 'svg',
  content: readFileSync(new URL('icon.svg', import.meta.url)),
  contentType: 'image/svg+xml',
})

const shortcuts = bundleScript(new URL('browser/shortcuts.ts', import.meta.url))

export const sharedAssets = { latin, latinExtended, stylesheet, icon, shortcuts }
