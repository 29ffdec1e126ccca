/**
 * Tags as people type them → tags as people mean them: which artists, which title, which version.
 *
 * @example
 * cleanTags({ artist: 'AEROSMITH', title: 'Dream On [Clean] (Intro)' })
 * // { kind: 'track', artist: 'aerosmith', title: 'dream on', … }
 * @module
 */
import { artistNames, joinedNames, namesIn, squashedNames } from './artist-names.ts'
import { withoutMarks } from './leading-marks.ts'
import { isNobody, isPlaceholder } from './placeholders.ts'
import { plainText } from './plain-text.ts'
import { joinedTitle, squashedTitle, titleParts } from './title-parts.ts'
import { withRemixer } from './with-remixer.ts'

/** What names a track, as it was read from tags. */
export interface TrackTags {
  readonly artist?: string | undefined
  readonly title?: string | undefined
  /** The name of the mix's author, where the title leaves it out. */
  readonly remixer?: string | undefined
  /** The last resort where artist or title are missing. */
  readonly fileName?: string | undefined
}

export interface CleanTrack {
  readonly kind: 'track'
  /** Joint artists in the order of the alphabet, with ` & ` between them; in lower case. */
  readonly artist: string
  /** The title with its versions in brackets, in lower case. */
  readonly title: string
  /** Who is featured, in artist or title; no part of the identity, for half of all tags leave it out. */
  readonly featured: readonly string[]
  /** Artist and title as compared: the same text is the same track. */
  readonly key: string
}

export type CleanTags = CleanTrack | { readonly kind: 'no-artist-or-title' } | { readonly kind: 'placeholder' }

const dash = /\s+-+\s+/
const fileExtension = /\.[a-z0-9]{2,5}$/

/** Cleans the tags of a play. Cleaning what comes out changes nothing; no text makes it throw. */
export function cleanTags(tags: TrackTags): CleanTags {
  const cleaned = cleanOnce(tags)
  if (cleaned.kind !== 'track') return cleaned
  let last = cleaned
  // Odd titles hide a mark behind a mark: what is left is cleaned until nothing changes.
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = cleanOnce({ artist: last.artist, title: last.title })
    if (next.kind !== 'track') return next
    if (next.key === last.key && next.artist === last.artist && next.title === last.title) break
    last = { ...next, featured: [...cleaned.featured, ...next.featured] }
  }
  return last
}

const ROUNDS_MAX = 10

function cleanOnce(tags: TrackTags): CleanTags {
  const found = findArtistAndTitle(tags)
  if (found.artist === '' || found.title === '') {
    return { kind: found.isPlaceholder ? 'placeholder' : 'no-artist-or-title' }
  }
  const artists = artistNames(found.artist)
  const parts = titleParts(withoutOwnArtist(found.title, found.artist))
  if (artists.names.length === 0 || parts.core === '') return { kind: 'no-artist-or-title' }
  if (isPlaceholder(parts.core)) return { kind: 'placeholder' }
  const versions = withRemixer(parts.versions, plainText(tags.remixer ?? ''), artists.names)
  const title = { ...parts, versions }
  return {
    kind: 'track',
    artist: joinedNames(artists.names),
    title: joinedTitle(title),
    featured: [...artists.featured, ...parts.featured],
    key: `${squashedNames(artists.names)}\n${squashedTitle(title)}`,
  }
}

/** Artist and title, out of the title or the file name where a tag is missing. Empty where there is none. */
function findArtistAndTitle(tags: TrackTags): { artist: string; title: string; isPlaceholder: boolean } {
  // ID3v2.4 puts NUL between several artists.
  const givenArtist = plainText((tags.artist ?? '').replaceAll('\u0000', ';'))
  const givenTitle = plainText(tags.title ?? '')
  let artist = isNobody(givenArtist) ? '' : givenArtist
  let title = isPlaceholder(givenTitle) ? '' : withoutMarks(givenTitle)
  if (isPlaceholder(title)) title = ''
  if (artist === '' && title !== '') [artist, title] = splitTitle(title)
  if ((artist === '' || title === '') && tags.fileName !== undefined) {
    const [fileArtist, fileTitle] = readFileName(tags.fileName)
    if (artist === '' && (title === '' || fileTitle === title)) [artist, title] = [fileArtist, fileTitle]
    else if (title === '') title = fileTitle
  }
  const isPlaceholderGiven = isNobody(givenArtist) || isPlaceholder(givenTitle)
  return { artist, title, isPlaceholder: isPlaceholderGiven }
}

/** `artist - title`, where no artist is known. What follows the title stays with it. */
function splitTitle(title: string): [artist: string, title: string] {
  const [first = '', ...rest] = title.split(dash)
  // `artist - album - 03 - title`: the track number says where the title begins.
  const number = rest.findIndex((part) => /^\d{1,3}$/.test(part))
  const named = number >= 0 && number < rest.length - 1 ? rest.slice(number + 1) : rest
  const titleText = named.join(' - ')
  if (titleText === '' || isNobody(first) || isPlaceholder(titleText) || isOnlyVersion(first, titleText))
    return ['', title]
  return [first, titleText]
}

/** `dream on - live`: what stands behind the dash is no title. */
function isOnlyVersion(first: string, rest: string): boolean {
  const parts = titleParts(`${first} - ${rest}`)
  return parts.core === titleParts(first).core
}

/** Artist and title out of a file's name. */
function readFileName(fileName: string): [artist: string, title: string] {
  const last = plainText(fileName.split(/[\\/]/).at(-1) ?? '')
  const name = withoutMarks(last.replace(fileExtension, '').trim())
  return isPlaceholder(name) || name === '' ? ['', ''] : splitTitle(name)
}

/** `AEROSMITH - Dream on` and `Dream On - Aerosmith` by Aerosmith are `Dream On`. */
function withoutOwnArtist(title: string, artist: string): string {
  if (!dash.test(title)) return title
  const parts = title.split(dash)
  const own = squashedNames(artistNames(artist).names)
  const isOwn = (part: string | undefined): boolean =>
    part !== undefined && part !== '' && squashedNames(namesIn(artistNames(part).names.join(' & '))) === own
  if (isOwn(parts[0])) return parts.slice(1).join(' - ')
  return isOwn(parts.at(-1)) ? parts.slice(0, -1).join(' - ') : title
}
