/**
 * What a record's tags may mean: a catalogue that keeps the album in the title or the artist before it leaves the other
 * tags empty, and only the record beside it tells which part is what.
 * @module
 */
import { artistNames, joinedNames } from './artist-names.ts'
import { withoutMarks } from './leading-marks.ts'
import { isNobody, isPlaceholder } from './placeholders.ts'
import { plainText } from './plain-text.ts'
import { editSimilarity } from './similarity.ts'
import { titleParts } from './title-parts.ts'
import { readTitlePart } from './version-words.ts'
import { withRemixer } from './with-remixer.ts'
import { numbersIn, squashed, wordsOf } from './words.ts'

export interface Field {
  readonly words: readonly string[]
  readonly run: string
}

export interface Reading {
  /** Absent where unknown, as are the others. */
  readonly title: Field | undefined
  readonly versions: readonly string[]
  /** The numbers of title and versions. */
  readonly numbers: string
  readonly artist: Field | undefined
  /** Joint artists. */
  readonly names: readonly string[]
  readonly featured: readonly string[]
  readonly album: Field | undefined
  /** The album may as well be a version (`dream on - live`): only one that has such an album too can tell. */
  readonly isAlbumDoubtful: boolean
}

export interface TagTexts {
  readonly title?: string | undefined
  readonly artist?: string | undefined
  readonly album?: string | undefined
  readonly remixer?: string | undefined
}

const READINGS_MAX = 8
/** From this on what stands beside a title is the artist or album misspelt. */
const SAME_LEAST = 0.75
/** Kinds of release and years that catalogues put behind an album's name. */
const behindAlbum = /(?<=\S)(?: *(?:\((?:(?:19|20)\d\d|unknown|ep|single)\)| - (?:ep|single)| ep$))+$/
/** What ripping software leaves of `003-title` without a title. */
const onlyTrackNumber = /^0(?:[a-h]?\d{1,2}|\d)[ -]*$|^\d{3} ?-$/
const dash = /\s+-+\s+/

interface Texts {
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly isAlbumDoubtful?: boolean
}

/** The readings of a record, the plainest first. */
export function readingsOf(tags: TagTexts): Reading[] {
  const artist = plainText((tags.artist ?? '').replaceAll('\u0000', ';'))
  const album = plainText(tags.album ?? '')
  const title = plainText(tags.title ?? '').replace(onlyTrackNumber, '')
  const given: Texts = {
    artist: isNobody(artist) ? '' : artist,
    album: isPlaceholder(album) ? '' : album,
    title: isPlaceholder(title) ? '' : withoutMarks(title),
  }
  const toReading = createReader(plainText(tags.remixer ?? ''))
  if (isPlaceholder(given.title)) return [toReading({ ...given, title: '' })]
  const texts = new Map<string, Texts>()
  for (const text of [given, ...withoutOwn(given)].flatMap((from) => [from, ...withMissing(from)])) {
    texts.set(`${text.title}\n${text.artist}\n${text.album}`, text)
  }
  return [...texts.values()].slice(0, READINGS_MAX).map(toReading)
}

/** The title without the album or artist that the record names in its own tag too. */
function withoutOwn(texts: Texts): Texts[] {
  return splits(texts.title).flatMap(({ head, tail }) => {
    const found: Texts[] = []
    if (isLike(tail, texts.album) || isLike(tail, texts.artist)) found.push({ ...texts, title: head })
    if (isLike(head, texts.artist) || isLike(head, texts.album)) found.push({ ...texts, title: tail })
    return found
  })
}

/** The part of the title that may be the artist or album that has no tag. */
function withMissing(texts: Texts): Texts[] {
  if (texts.artist !== '' && texts.album !== '') return []
  return splits(texts.title).flatMap(({ head, tail, isDash }) => {
    const found: Texts[] = []
    if (texts.artist === '' && isDash) found.push({ ...texts, artist: head, title: tail })
    if (texts.album === '') {
      const isTitle = readTitlePart(tail, !isDash).kind === 'title'
      found.push({ ...texts, title: head, album: tail, isAlbumDoubtful: !isTitle })
    }
    return found
  })
}

/** Where a title may fall in two: at its first and last dash, before its last bracket. */
function splits(title: string): { head: string; tail: string; isDash: boolean }[] {
  const found: { head: string; tail: string; isDash: boolean }[] = []
  const parts = title.split(dash)
  for (const at of new Set([1, parts.length - 1])) {
    if (at < 1 || at >= parts.length) continue
    found.push({ head: parts.slice(0, at).join(' - '), tail: parts.slice(at).join(' - '), isDash: true })
  }
  const bracket = lastBracket(title)
  if (bracket > 0) {
    found.push({ head: title.slice(0, bracket).trim(), tail: title.slice(bracket + 1, -1).trim(), isDash: false })
  }
  return found.filter(({ head, tail }) => head !== '' && tail !== '')
}

/** Where the bracket begins that a title ends with; an album in it may have brackets of its own. */
function lastBracket(title: string): number {
  if (!/[)\]]$/.test(title)) return -1
  let depth = 0
  for (let index = title.length - 1; index >= 0; index--) {
    const character = title[index] ?? ''
    if (')]'.includes(character)) depth++
    else if ('(['.includes(character) && --depth === 0) return index
  }
  return -1
}

function isLike(text: string, other: string): boolean {
  if (other === '') return false
  const [a, b] = [squashed(wordsOf(text)), squashed(wordsOf(other))]
  return a !== '' && editSimilarity(a, b, SAME_LEAST) >= SAME_LEAST
}

/** Makes readings of one record: most share their artist and album, so these are read once. */
function createReader(remixer: string): (texts: Texts) => Reading {
  const artists = remembered((artist) => {
    const { names, featured } = artistNames(artist)
    return { names, featured, field: names.length === 0 ? undefined : toField(joinedNames(names).split(/ & | /)) }
  })
  const albums = remembered((album) =>
    album === '' ? undefined : toField(titleParts(album.replace(behindAlbum, '')).core.split(' ')),
  )
  const titles = remembered((title) => {
    const parts = title === '' ? undefined : titleParts(title)
    return { parts, field: parts === undefined ? undefined : toField(parts.core.split(' ')) }
  })
  return ({ title, artist, album, isAlbumDoubtful = false }) => {
    const { names, featured, field: artistField } = artists(artist)
    const { parts, field: titleField } = titles(title)
    const versions = parts === undefined ? [] : withRemixer(parts.versions, remixer, names)
    const words = [...(titleField?.words ?? []), ...versions.flatMap((version) => version.split(' '))]
    return {
      title: titleField,
      versions,
      numbers: numbersIn(words).sort().join(),
      artist: artistField,
      names,
      featured: parts === undefined ? featured : [...featured, ...parts.featured],
      album: albums(album),
      isAlbumDoubtful,
    }
  }
}

function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before.value
    const value = read(text)
    known.set(text, { value })
    return value
  }
}

function toField(words: readonly string[]): Field {
  return { words, run: squashed(words) }
}
