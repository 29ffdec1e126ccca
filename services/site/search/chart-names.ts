/**
 * The tracks, artists and labels of all published charts at one moment, and what a search finds in them.
 * @module
 */
import { artistNames } from '#rules/identity/artist-names.ts'
import { cleanedForm, toTrackId } from '#rules/track-identity.ts'
import type { SearchAnswer } from '#schemas/records/search.ts'
import { createSearchIndex } from './search-index.ts'

/** A track as the store has it; the one that most DJs play comes first. */
export interface SearchRow {
  readonly track: string
  readonly artist: string
  readonly title: string
  readonly label: string
  readonly most_djs: number
}

/** As far as the page of a track follows them. */
const MERGES_FOLLOWED_MAX = 5

type Tracks = SearchAnswer['tracks']

export interface ChartNames {
  /** What answers a question, at most `limit` of each kind. */
  search(question: string, limit: number): SearchAnswer
  /** Tracks of everybody that the text names as an artist, also where others are named with them. */
  tracksOfArtist(artist: string, limit: number): Tracks
  tracksOfLabel(label: string, limit: number): Tracks
  /** Whether a track, by its number in the store, has a page: a chart shows it, or the one that it was merged into. */
  hasTrack(track: string): boolean
}

/** A name in the spelling that most DJs see, and how much stands behind it. */
interface Name {
  readonly name: string
  tracks: number
  djs: number
}

/**
 * @param rows those of most DJs first
 * @param merges of each track that was merged, into which
 */
export async function createChartNames(
  rows: readonly SearchRow[],
  merges: ReadonlyMap<string, string>,
): Promise<ChartNames> {
  const artists = new Map<string, Name>()
  const labels = new Map<string, Name>()
  const rowsByArtist = new Map<string, number[]>()
  const rowsByLabel = new Map<string, number[]>()
  rows.forEach(({ artist, label, most_djs }, place) => {
    count(artists, artist, most_djs)
    for (const name of namesOf(artist)) add(rowsByArtist, name, place)
    if (label === '') return
    count(labels, label, most_djs)
    add(rowsByLabel, cleanedForm(label), place)
  })
  const artistsInOrder = inOrder(artists)
  const labelsInOrder = inOrder(labels)
  const trackIndex = await createSearchIndex(
    rows.map(({ artist, title }) => [title, artist, `${artist} ${title}`, `${title} ${artist}`]),
  )
  const artistIndex = await createSearchIndex(artistsInOrder.map(({ name }) => [name]))
  const labelIndex = await createSearchIndex(labelsInOrder.map(({ name }) => [name]))

  const tracks = new Set(rows.map(({ track }) => track))

  const toTracks = (places: readonly number[]): Tracks =>
    places.flatMap((place) => {
      const row = rows[place]
      return row === undefined ? [] : [toFoundTrack(row)]
    })
  const toNames = (names: readonly Name[], places: readonly number[]) =>
    places.flatMap((place) => {
      const found = names[place]
      return found === undefined ? [] : [{ name: found.name, tracks: found.tracks }]
    })

  return {
    search(question, limit) {
      const found = [trackIndex, artistIndex, labelIndex].map((index) => index.find(question, limit))
      // Where the words stand in any name as they were typed, names that are only like them are in the way.
      const areTypedRight = found.some((names) => names.areTypedRight)
      const [ofTracks = [], ofArtists = [], ofLabels = []] = found.map((names) =>
        names.areTypedRight === areTypedRight ? names.places : [],
      )
      return {
        tracks: toTracks(ofTracks),
        artists: toNames(artistsInOrder, ofArtists),
        labels: toNames(labelsInOrder, ofLabels),
      }
    },
    tracksOfArtist(artist, limit) {
      const [first = [], ...others] = namesOf(artist).map((name) => rowsByArtist.get(name) ?? [])
      const sets = others.map((places) => new Set(places))
      return toTracks(first.filter((place) => sets.every((set) => set.has(place))).slice(0, limit))
    },
    hasTrack(track) {
      let counted = track
      for (let steps = 0; steps < MERGES_FOLLOWED_MAX; steps += 1) counted = merges.get(counted) ?? counted
      return tracks.has(counted)
    },
    tracksOfLabel: (label, limit) => toTracks((rowsByLabel.get(cleanedForm(label)) ?? []).slice(0, limit)),
  }
}

/** Everybody named in an artist's text, in the form that two spellings share. */
function namesOf(artist: string): string[] {
  const { names, featured } = artistNames(cleanedForm(artist))
  return [...new Set([...names, ...featured])]
}

function count(names: Map<string, Name>, name: string, djs: number): void {
  const key = cleanedForm(name)
  const known = names.get(key)
  if (known === undefined) names.set(key, { name, tracks: 1, djs })
  else {
    known.tracks += 1
    known.djs += djs
  }
}

function add(places: Map<string, number[]>, key: string, place: number): void {
  const known = places.get(key)
  if (known === undefined) places.set(key, [place])
  else known.push(place)
}

/** Those that most is played of first. */
function inOrder(names: ReadonlyMap<string, Name>): Name[] {
  return [...names.values()].sort((a, b) => b.djs - a.djs || (a.name < b.name ? -1 : 1))
}

function toFoundTrack({ track, artist, title, label, most_djs }: SearchRow): Tracks[number] {
  return { track: { id: toTrackId(track), artist, title, ...(label === '' ? {} : { label }) }, djs: most_djs }
}
