/**
 * Genres with a world chart by how many DJs play them, the largest as bars; and the scenes.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { genreOfScene } from '#rules/genres/genre-name.ts'
import { WORLD } from '#rules/regions.ts'
import { LATEST } from '../charts/chart-address.ts'
import type { Size } from '../charts/read-home-regions.ts'
import { chartLinks } from './chart-links.ts'
import { chartPath, namesIn } from './names.ts'

const BARS = 16
/** Length of the longest bar. */
const LENGTH = 100

/** @param sizes genres and scenes of the world, the largest first. */
export function genreBars(sizes: readonly Size[], locale: Locale): Html | false {
  if (sizes.length === 0) return false
  const { home } = locale.texts
  const names = namesIn(locale)
  const genres = sizes.filter(({ code }) => genreOfScene(code) === undefined)
  const scenes = sizes.filter(({ code }) => genreOfScene(code) !== undefined)
  const largest = Math.max(1, ...genres.map(({ djs }) => djs))
  const toLink = ({ code }: Size) => ({ path: chartPath(WORLD, code, LATEST), name: names.genre(code) })
  return html`<section>
<h2>${home.genres}</h2>
<ol class="bars">
${genres.slice(0, BARS).map((size) => bar(size, largest, locale))}</ol>
${chartLinks(home.allGenres, genres.slice(BARS).map(toLink), locale, { shown: 24 })}
${chartLinks(home.scenes, scenes.map(toLink), locale, { shown: 24 })}
</section>`
}

function bar({ code, djs }: Size, largest: number, locale: Locale): Html {
  const length = Math.max(1, Math.round((LENGTH * djs) / largest))
  return html`<li><a href="${locale.link(chartPath(WORLD, code, LATEST))}">${namesIn(locale).genre(code)}</a>
<span class="number">${locale.texts.home.djs(djs)}</span>
<svg viewBox="0 0 ${LENGTH} 4" width="${LENGTH}" height="4" preserveAspectRatio="none" aria-hidden="true"><rect width="${length}" height="4"/></svg></li>
`
}
