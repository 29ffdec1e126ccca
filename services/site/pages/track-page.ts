/**
 * The page of a track: where it stood and stands, where it came up first, and how it is played.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { WORLD } from '#rules/regions.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'
import { siteScripts } from '../site-scripts.ts'
import { musicRecording } from '../structured-data/music-recording.ts'
import type { NextTrack, Playing } from '../tracks/read-playing.ts'
import { namesIn, trackPath } from './names.ts'
import { trackPlot } from './track-plot.ts'
import { firstCountries, runsTable } from './track-runs.ts'

export function trackPage({ track, runs }: TrackRuns, playing: Playing, locale: Locale): Page {
  const { texts } = locale
  const title = texts.track.title(track.title, track.artist)
  const path = trackPath(track.id)
  const body = html`<div class="track-head">
<h1><bdi>${track.title}</bdi></h1>
<p class="lead"><bdi>${track.artist}</bdi>${track.label !== undefined && html`<span class="soft"> · <bdi>${track.label}</bdi></span>`}</p>
${facts(runs, playing, locale)}
</div>
<div class="with-side">
<div class="track-main">
${trackPlot(runs, locale)}
<section>
<h2>${texts.track.all}</h2>
${runsTable(runs, locale)}
<p class="soft small">${texts.track.onlyPublished} <a href="/v1${path}" type="application/json">${texts.track.json}</a></p>
</section>
</div>
<div class="side">
${firstCountries(runs, locale)}
${playing.after.length > 0 && tracksAfter(playing.after, locale)}
</div>
</div>`
  return {
    title,
    description: texts.track.description(title),
    body,
    canonicalPath: path,
    area: 'charts',
    scripts: [siteScripts.tooltips],
    structuredData: {
      '@context': 'https://schema.org',
      // Labels have releases there, not recordings.
      ...musicRecording({ title: track.title, artist: track.artist }, ''),
    },
  }
}

function facts(runs: TrackRuns['runs'], { tempo, keys }: Playing, locale: Locale): Html {
  const { texts, formats } = locale
  // Of equal ones that of the widest region, and the chart that most tracks are on.
  const weight = ({ region, genre }: TrackRuns['runs'][number]) =>
    Number(region === WORLD) * 2 + Number(genre === 'all')
  const [best] = [...runs].sort((a, b) => a.peakRank - b.peakRank || weight(b) - weight(a))
  const tempoWords = tempo && [...new Set([formats.decimal(tempo.least), formats.decimal(tempo.greatest)])].join('–')
  return html`<dl class="facts">
${best !== undefined && fact(texts.track.best, texts.track.bestAt(best.peakRank, namesIn(locale).chart(best.region, best.genre)))}
${fact(texts.track.charts, formats.count(runs.length))}
${tempoWords !== undefined && fact(texts.track.tempo, texts.track.bpm(tempoWords))}
${keys.length > 0 && fact(texts.track.key, keys.join(', '))}
</dl>`
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`
}

function tracksAfter(after: readonly NextTrack[], locale: Locale): Html {
  const { texts, link } = locale
  return html`<section>
<h2>${texts.track.after}</h2>
<p class="soft small">${texts.track.afterNote}</p>
<ol class="movers">
${after.map(
  ({ id, artist, title, plays, isCharted }) =>
    html`<li class="name">${
      isCharted
        ? html`<a href="${link(trackPath(id))}"><bdi>${title}</bdi></a>`
        : html`<strong><bdi>${title}</bdi></strong>`
    }
<span class="by"><bdi>${artist}</bdi></span> <span class="moved">${texts.track.times(plays)}</span></li>
`,
)}</ol>
</section>`
}
