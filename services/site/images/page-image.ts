/**
 * The frame that the images of all pages have: ground, brand, title and the line under it.
 * @module
 */
import { type Html, type HtmlValue, html } from '#platform/pages/html.ts'
import { IMAGE_HEIGHT, IMAGE_WIDTH } from './image-size.ts'
import { outlineText, type Weight } from './text-outlines.ts'

/** The dark colours of the stylesheet: an image does not know which its reader has. */
export const colours = { ground: '#101315', ink: '#eceae4', soft: '#a4aab0', line: '#2a3034', accent: '#ff8e5e' }

export const MARGIN = 72

export interface PageImage {
  readonly title: string
  readonly lines: readonly string[]
  /** What is drawn below them, from y = 330 on. */
  readonly picture: HtmlValue
}

export function pageImage({ title, lines, picture }: PageImage): Html {
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${IMAGE_WIDTH}" height="${IMAGE_HEIGHT}" viewBox="0 0 ${IMAGE_WIDTH} ${IMAGE_HEIGHT}">
<rect width="100%" height="100%" fill="${colours.ground}"/><rect width="12" height="100%" fill="${colours.accent}"/>
${brand()}${words(title, { y: 205, sizePx: 68, weight: 600, fill: colours.ink })}
${lines.map((line, index) => words(line, { y: 268 + index * 46, sizePx: 34, weight: 400, fill: colours.soft }))}
${picture}</svg>`
}

export interface WordsOptions {
  readonly x?: number
  readonly y: number
  readonly sizePx: number
  readonly weight: Weight
  readonly fill: string
  readonly widthMax?: number
}

export function words(text: string, { x = MARGIN, y, sizePx, weight, fill, widthMax }: WordsOptions): Html {
  const { path } = outlineText(text, { x, y, sizePx, weight, widthMax: widthMax ?? IMAGE_WIDTH - MARGIN - x })
  return html`<path fill="${fill}" d="${path}"/>`
}

/** The mark of the header, twice its size, and the name. */
function brand(): Html {
  return html`<g transform="translate(${MARGIN} 62) scale(1.7)" fill="none" stroke="${colours.ink}" stroke-width="1.8" stroke-linecap="round">
<circle cx="10.5" cy="13.5" r="8.5"/><circle cx="10.5" cy="13.5" r="2.5" fill="${colours.accent}" stroke="none"/><path stroke="${colours.accent}" d="M21 2.5v7.2l-5.6 6.1"/></g>
${words('Tonearm', { x: MARGIN + 54, y: 96, sizePx: 34, weight: 600, fill: colours.ink })}`
}
