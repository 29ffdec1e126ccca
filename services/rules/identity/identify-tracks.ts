/**
 * Both parts of identity over a list of tags: the key, then the matching of what it missed.
 * @module
 */
import { createHash } from 'node:crypto'
import { type CleanTags, cleanTags } from './clean-tags.ts'
import { type MatchRecord, matchTracks } from './match-tracks.ts'
import { isNobody, isPlaceholder } from './placeholders.ts'
import { plainText } from './plain-text.ts'
import { IDENTITY_VERSION, identityOf } from './track-key.ts'

/** Tags of one line or play. */
export interface IdentifiedTags {
  readonly title?: string | undefined
  readonly artist?: string | undefined
  readonly album?: string | undefined
  readonly remixer?: string | undefined
  readonly fileName?: string | undefined
  readonly year?: string | number | undefined
  readonly lengthSeconds?: string | number | undefined
}

/** Of the lines that share a key so many lengths are compared. */
const LENGTHS_MAX = 4

/** The track id of each, in the order given; null for tags that name nothing at all. */
export function identifyTracks(lines: readonly IdentifiedTags[]): (string | null)[] {
  const idOfLine: (string | null)[] = []
  const sameId = new Map<string, IdentifiedTags[]>()
  const sameContent = new Map<string, number>()
  for (const line of lines) {
    const clean = cleanTags(line)
    const id = clean.kind === 'track' ? keyId(clean) : partialId(line, sameContent)
    idOfLine.push(id)
    if (id === null) continue
    const group = sameId.get(id)
    if (group === undefined) sameId.set(id, [line])
    else group.push(line)
  }
  const records = [...sameId].map(([id, group]) => toRecord(id, group))
  const mergedInto = new Map(matchTracks(records, { withDoubtful: false }).map(({ from, to }) => [from, to]))
  return idOfLine.map((id) => (id === null ? null : (mergedInto.get(id) ?? id)))
}

function keyId(clean: CleanTags): string | null {
  const identity = identityOf(clean)
  return identity.kind === 'track' ? identity.trackId : null
}

/** An id for tags without a key, which only matching can tell more about; two lines never share one by themselves. */
function partialId(line: IdentifiedTags, sameContent: Map<string, number>): string | null {
  const { title, artist, album } = line
  const isNothing = [title, artist, album].every(
    (text) => isNobody(plainText(text ?? '')) || plainText(text ?? '') === '',
  )
  if (isNothing || (isUnknown(title) && isUnknown(album))) return null
  const content = JSON.stringify([title, artist, album, line.remixer, line.fileName, line.year, line.lengthSeconds])
  const ordinal = (sameContent.get(content) ?? 0) + 1
  sameContent.set(content, ordinal)
  const text = `${IDENTITY_VERSION}\npartial\n${content}\n${ordinal}`
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function isUnknown(text: string | undefined): boolean {
  const plain = plainText(text ?? '')
  return plain === '' || isPlaceholder(plain)
}

/** The lines of one key as one record: what most of them say. */
function toRecord(id: string, lines: readonly IdentifiedTags[]): MatchRecord {
  const lengths = byFrequency(lines.map(({ lengthSeconds }) => lengthSeconds)).slice(0, LENGTHS_MAX)
  return {
    id,
    // As typed: a dash or bracket may part the title from an artist or album, which cleaning cannot know.
    title: byFrequency(lines.map(({ title }) => title))[0],
    artist: byFrequency(lines.map(({ artist }) => artist))[0],
    album: byFrequency(lines.map(({ album }) => (isUnknown(album) ? undefined : album)))[0],
    remixer: byFrequency(lines.map(({ remixer }) => remixer))[0],
    year: byFrequency(lines.map(({ year }) => year))[0],
    lengthSeconds: lengths,
    weight: lines.length,
  }
}

/** The values that are known, the most frequent first, then the smallest. */
function byFrequency<T extends string | number>(values: readonly (T | undefined)[]): T[] {
  const counts = new Map<T, number>()
  for (const value of values) {
    if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (String(a) < String(b) ? -1 : 1)).map(([value]) => value)
}
