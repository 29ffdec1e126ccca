/**
 * The map of the world, coloured by how many DJs stand behind each country's newest chart. Only countries with a published
 * chart have a colour and a link, so that the map tells no more than the charts do.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { LATEST } from '../charts/chart-address.ts'
import { levelBounds, levelOf } from '../map/dj-levels.ts'
import { type CountryShape, MAP_WIDTH, worldShapes } from '../map/world-shapes.ts'
import { chartPath, namesIn } from './names.ts'

/** @param djs by country. */
export function worldMap(djs: ReadonlyMap<string, number>, locale: Locale): Html {
  const bounds = levelBounds([...djs.values()])
  const shownDjs = ({ country }: CountryShape) => (country === undefined ? undefined : djs.get(country))
  const { countries, height } = worldShapes()
  const rest = countries.filter((shape) => shownDjs(shape) === undefined)
  const shown = countries.filter((shape) => shownDjs(shape) !== undefined)
  return html`<figure class="world-map">
<svg viewBox="0 0 ${MAP_WIDTH} ${height}" width="${MAP_WIDTH}" height="${height}" role="group" aria-label="${locale.texts.home.map}">
<path class="land" d="${rest.map(({ path }) => path).join('')}"/>
${shown.map((shape) => countryLink(shape, shownDjs(shape) ?? 0, bounds, locale))}</svg>
<figcaption>${locale.texts.home.mapCaption}${legend(bounds, locale)}</figcaption>
</figure>`
}

function countryLink(
  { country = '', path, dot }: CountryShape,
  djs: number,
  bounds: readonly number[],
  locale: Locale,
): Html {
  const label = locale.texts.home.regionWithDjs(namesIn(locale).region(country), djs)
  const level = levelOf(djs, bounds)
  return html`<a href="${locale.link(chartPath(country, 'all', LATEST))}" aria-label="${label}" class="country level-${level}"><title>${label}</title>${
    path !== '' && html`<path d="${path}"/>`
  }${dot !== undefined && html`<circle cx="${dot.x}" cy="${dot.y}" r="4"/>`}</a>
`
}

function legend(bounds: readonly number[], { formats }: Locale): Html {
  const words = (from: number, next: number | undefined) => {
    if (next === undefined) return `${formats.count(from)}+`
    return next - 1 > from ? `${formats.count(from)}–${formats.count(next - 1)}` : formats.count(from)
  }
  return html`<ul class="legend">
${bounds.map(
  (bound, index) =>
    html`<li><svg class="level-${index + 1}" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="3"/></svg> ${words(bound, bounds[index + 1])}</li>\n`,
)}</ul>`
}
