/**
 * The page of the search: the field, and what was found.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { SEARCH_CHARS_MAX, type SearchAnswer } from '#schemas/records/search.ts'
import type { SearchQuestion } from '../search/answer-search.ts'
import { siteScripts } from '../site-scripts.ts'
import { trackPath } from './names.ts'

/** @param answer absent where nothing was asked */
export function searchPage(question: SearchQuestion, answer: SearchAnswer | undefined, locale: Locale): Page {
  const { search } = locale.texts
  const { q = '', artist, label } = question
  const name = artist ?? label
  const heading = name === undefined ? search.title : search.tracksOf(name)
  const body = html`<h1><bdi>${heading}</bdi></h1>
${searchForm(q, locale)}
${answer !== undefined && results(answer, locale)}`
  return {
    title: name !== undefined ? heading : q === '' ? search.title : search.titleOf(q),
    description: search.description,
    body,
    canonicalPath: pathOf(question),
    area: 'search',
    // Addresses without end, each a list of links.
    ...(answer === undefined ? {} : { robots: 'noindex, follow' }),
    scripts: [siteScripts.suggestNames],
  }
}

function searchPath(question: SearchQuestion): string {
  return `/search?${new URLSearchParams({ ...question })}`
}

function pathOf(question: SearchQuestion): string {
  return Object.keys(question).length === 0 ? '/search' : searchPath(question)
}

function searchForm(q: string, { texts: { search }, link }: Locale): Html {
  return html`<search><form class="search" action="${link('/search')}" data-suggest="${search.suggestions}" data-tracks="${link(
    '/tracks/',
  )}" data-search="${link('/search')}" data-artist="${search.artist}" data-label="${search.label}">
<label for="q">${search.field}</label>
<div class="search-row"><input id="q" name="q" type="search" value="${q}" maxlength="${SEARCH_CHARS_MAX}" autocomplete="off" autocapitalize="off" spellcheck="false" aria-keyshortcuts="/" data-shortcut="/" aria-describedby="q-hint">
<button class="primary" type="submit">${search.submit}</button></div>
<p class="hint" id="q-hint">${search.hint}</p>
</form></search>`
}

function results({ tracks, artists, labels }: SearchAnswer, locale: Locale): Html {
  const { search } = locale.texts
  if (tracks.length + artists.length + labels.length === 0) return html`<p role="status">${search.nothing}</p>`
  return html`<p class="spoken" role="status">${search.found({ tracks: tracks.length, artists: artists.length, labels: labels.length })}</p>
<div class="with-side">
<div class="side">${tracks.length > 0 && trackResults(tracks, locale)}</div>
<div class="side">${names(search.artists, artists, (artist) => ({ artist }), locale)}${names(search.labels, labels, (label) => ({ label }), locale)}</div>
</div>`
}

function trackResults(tracks: SearchAnswer['tracks'], { texts: { search }, link }: Locale): Html {
  return html`<h2>${search.tracks}</h2>
<ol class="results">
${tracks.map(
  ({ track, djs }) => html`<li class="name"><a href="${link(trackPath(track.id))}"><bdi>${track.title}</bdi></a>
<span class="by"><bdi>${track.artist}</bdi>${track.label !== undefined && html` · <bdi>${track.label}</bdi>`} · ${search.djs(djs)}</span></li>\n`,
)}</ol>
<p class="hint">${search.djsHint}</p>`
}

function names(
  heading: string,
  found: SearchAnswer['artists'],
  toQuestion: (name: string) => SearchQuestion,
  { texts: { search }, link }: Locale,
): Html | false {
  return (
    found.length > 0 &&
    html`<h2>${heading}</h2>
<ul class="results">
${found.map(
  ({ name, tracks }) =>
    html`<li class="name"><a href="${link(searchPath(toQuestion(name)))}"><bdi>${name}</bdi></a><span class="by">${search.count(tracks)}</span></li>\n`,
)}</ul>
`
  )
}
