/**
 * The newest charts of a region and genre as an Atom feed (RFC 4287): one entry a chart, with its first places.
 *
 * Ids are made of what a feed or a chart is, and of nothing else, so they stay when the address of the service changes.
 * An entry's `updated` is when its revision was built: a reader shows it again when another revision took its place.
 * @module
 */
import { createHash } from 'node:crypto'
import { type Html, html } from '#platform/pages/html.ts'
import { localeOf } from '#platform/pages/locale.ts'
import { chartPath, namesIn, trackPath } from '../pages/names.ts'
import { toXmlDocument } from '../xml-document.ts'
import type { FeedAddress, FeedChart, FeedEntry } from './read-feed.ts'

/** A feed is read in one language: it has one address. */
const english = localeOf('en')
const names = namesIn(english)

const kindNames = { week: 'weekly chart', month: 'monthly chart', year: 'yearly chart' }

function feedPath({ region, genre, kind }: FeedAddress): string {
  return `/feeds/charts/${[region, genre, kind].map(encodeURIComponent).join('/')}.atom`
}

/** `House, World: weekly chart`. */
function feedTitle({ region, genre, kind }: FeedAddress): string {
  return `${names.chart(region, genre)}: ${kindNames[kind]}`
}

/**
 * @param charts at least one, the newest first
 * @param origin what stands before paths: the address of the service, or nothing where it is not known
 */
export function chartFeed(address: FeedAddress, charts: readonly FeedChart[], origin: string): string {
  const newest = charts[0]
  const updated = charts
    .map(({ builtAt }) => builtAt)
    .sort()
    .at(-1)
  const home = newest === undefined ? '/' : chartPath(address.region, address.genre, newest.period.name)
  return toXmlDocument(html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${stableId('feed', address.region, address.genre, address.kind)}</id>
<title>${`Tonearm: ${feedTitle(address)}`}</title>
<subtitle>What DJs really play, by how many of them do.</subtitle>
<updated>${updated}</updated>
<author><name>Tonearm</name></author>
<link rel="self" type="application/atom+xml" href="${origin}${feedPath(address)}"/>
<link rel="alternate" type="text/html" href="${origin}${home}"/>
${charts.map((chart) => feedEntry(address, chart, origin))}</feed>
`)
}

function feedEntry({ region, genre }: FeedAddress, chart: FeedChart, origin: string): Html {
  const { period, builtAt, djs, entries } = chart
  const [first] = entries
  const leader = first === undefined ? '' : `: ${first.artist} – ${first.title}`
  return html`<entry>
<id>${stableId('chart', region, genre, period.name)}</id>
<title>${`${names.period(period.name)}${leader}`}</title>
<updated>${builtAt}</updated>
<link rel="alternate" type="text/html" href="${origin}${chartPath(region, genre, period.name)}"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>${names.periodDates(period)}, UTC. ${english.formats.count(djs)} DJs.</p>
<ol>
${entries.map((entry) => placeOf(entry, origin))}</ol></div></content>
</entry>
`
}

function placeOf({ trackId, artist, title, djs }: FeedEntry, origin: string): Html {
  return html`<li><a href="${origin}${trackPath(trackId)}">${artist} – ${title}</a>, ${djs} DJs</li>\n`
}

/** A UUID of what is named (RFC 9562, version 8): the same for the same parts, for ever. */
function stableId(...parts: readonly string[]): string {
  const hex = createHash('sha256')
    .update(JSON.stringify(['tonearm', ...parts]))
    .digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
