/**
 * A chart to be shown within pages of others: a small document of its own, without script, whose links open beside them.
 * @module
 */
import { html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { sharedAssets } from '#platform/pages/shared-assets.ts'
import type { ReadChart } from '../charts/read-chart.ts'
import { chartPath, namesIn, trackPath } from '../pages/names.ts'

const PLACES = 10

export function embeddedChart({ chart: { chart, entries } }: ReadChart, locale: Locale, origin: string): string {
  const { texts, link, language } = locale
  const names = namesIn(locale)
  const title = `${names.chart(chart.region, chart.genre)}, ${names.period(chart.period)}`
  const whole = `${origin}${link(chartPath(chart.region, chart.genre, chart.period))}`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tonearm</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="canonical" href="${whole}">
<link rel="preload" href="${sharedAssets.latin.path}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${sharedAssets.stylesheet.path}">
</head>
<body class="embed">
<main>
<h1>${names.chart(chart.region, chart.genre)}</h1>
<p class="soft small">${names.period(chart.period)} · ${texts.chart.djsAndPlays(chart.djs, chart.plays)}</p>
<ol class="results">
${entries
  .slice(0, PLACES)
  .map(
    ({ rank, track, djs }) =>
      html`<li class="name"><span class="rank" aria-hidden="true">${rank}</span><a href="${origin}${link(
        trackPath(track.id),
      )}" target="_blank" rel="noopener"><bdi>${track.title}</bdi></a><span class="by"><bdi>${track.artist}</bdi> · ${texts.search.djs(djs)}</span></li>\n`,
  )}</ol>
<p class="small"><a href="${whole}" target="_blank" rel="noopener">${texts.embed.whole}</a></p>
</main>
</body>
</html>
`.markup
}
