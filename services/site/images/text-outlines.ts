/**
 * Text as outlines in the typeface of the pages, so that an image looks the same wherever it is drawn, whatever fonts that
 * machine has. Letters stand as they come, without joining: scripts that need more, and letters that the typeface does not
 * have, are left out.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import opentype, { type Font, type PathCommand } from 'opentype.js'

export type Weight = 400 | 600

const folder = join(dirname(createRequire(import.meta.url).resolve('@fontsource/instrument-sans')), 'files')

function readFont(subset: string, weight: Weight): Font {
  const bytes = readFileSync(join(folder, `instrument-sans-${subset}-${weight}-normal.woff`))
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** Read at first use: a process that draws nothing needs none. */
const fonts = new Map<Weight, readonly Font[]>()

function fontsOf(weight: Weight): readonly Font[] {
  const known = fonts.get(weight)
  if (known !== undefined) return known
  const read = ['latin', 'latin-ext'].map((subset) => readFont(subset, weight))
  fonts.set(weight, read)
  return read
}

export interface Outlines {
  /** As `d` of an SVG path; empty where nothing of the text can be drawn. */
  readonly path: string
  readonly width: number
}

export interface OutlineOptions {
  readonly x: number
  /** Of the line that letters stand on. */
  readonly y: number
  readonly sizePx: number
  readonly weight: Weight
  /** A longer text ends in an ellipsis. */
  readonly widthMax: number
}

export function outlineText(text: string, { x, y, sizePx, weight, widthMax }: OutlineOptions): Outlines {
  const letters = drawable(text, weight)
  const widths = letters.map(({ font, glyph }) => ((glyph.advanceWidth ?? 0) / font.unitsPerEm) * sizePx)
  const total = widths.reduce((sum, width) => sum + width, 0)
  const [dots] = drawable('…', weight)
  const dotsWidth =
    total <= widthMax || dots === undefined ? 0 : ((dots.glyph.advanceWidth ?? 0) / dots.font.unitsPerEm) * sizePx
  const paths: string[] = []
  let at = x
  for (const [index, { glyph }] of letters.entries()) {
    const width = widths[index] ?? 0
    if (at + width > x + widthMax - dotsWidth) break
    paths.push(glyph.getPath(at, y, sizePx).commands.map(toData).join(''))
    at += width
  }
  if (dots !== undefined && dotsWidth > 0) {
    paths.push(dots.glyph.getPath(at, y, sizePx).commands.map(toData).join(''))
    at += dotsWidth
  }
  return { path: paths.join(''), width: at - x }
}

/** As in SVG. The package's own way of writing it leaves coordinates out that it needs (seen in 2.0.0: `LNaN`). */
function toData({ type, x1, y1, x2, y2, x, y }: PathCommand): string {
  const numbers = [x1, y1, x2, y2, x, y].filter((number) => number !== undefined)
  return `${type}${numbers.map((number) => number.toFixed(1)).join(' ')}`
}

/** The longest text that an image shows some of. */
const CHARACTERS_MAX = 200

function drawable(text: string, weight: Weight) {
  const [first, ...others] = fontsOf(weight)
  return [...text.normalize('NFC').replace(/\s+/gu, ' ').trim()].slice(0, CHARACTERS_MAX).flatMap((character) => {
    const font = [first, ...others].find((each) => each !== undefined && each.charToGlyphIndex(character) > 0)
    return font === undefined ? [] : [{ font, glyph: font.charToGlyph(character) }]
  })
}
