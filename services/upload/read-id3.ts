/**
 * Tags out of an ID3v2 block.
 * @module
 */
import { parseBuffer } from 'music-metadata'
import { readBpm } from '#rules/tags/bpm.ts'
import { starsOfPopularimeter } from '#rules/tags/rating.ts'
import { readYear } from '#rules/tags/year.ts'
import type { TagName, Tags } from '#schemas/records/track-play.ts'
import { checkTag } from './check-tag.ts'
import { keepId3Frames } from './id3-frames.ts'
import type { WarningCode } from './outcomes.ts'

export interface Id3Reading {
  readonly tags: Tags
  /** Tags that were left out, and why. */
  readonly leftOut: readonly { readonly name: TagName; readonly code: WarningCode }[]
}

/** ID3v2.3 puts this between several values of a frame; the tag stays the text that it is there. */
const VALUE_SEPARATOR = '/'

/** Reads a block; `undefined` where it is no ID3v2 tag that can be read. Never throws. */
export async function readId3(block: Buffer): Promise<Id3Reading | undefined> {
  const frames = keepId3Frames(block)
  if (frames === undefined) return undefined
  try {
    const { native } = await parseBuffer(frames, { mimeType: 'audio/mpeg', size: frames.length }, parseOptions)
    return checked(toTags(native['ID3v2.4'] ?? []))
  } catch {
    return undefined
  }
}

const parseOptions = { skipCovers: true, duration: false, skipPostHeaders: true }

interface NativeFrame {
  readonly id: string
  readonly value: unknown
}

/** What the frames say, before it is held against what makes sense. 0 and empty are how ID3 says that it is not known. */
function toTags(frames: readonly NativeFrame[]): Partial<Record<TagName, unknown>> {
  const texts = (id: string) =>
    frames
      .filter((frame) => frame.id === id && typeof frame.value === 'string')
      .flatMap(({ value }) => String(value).split('\0'))
      .map((value) => value.trim())
      .filter((value) => value !== '')
  const joined = (id: string) => texts(id).join(VALUE_SEPARATOR) || undefined
  const number = (id: string, pattern: RegExp) => Number(pattern.exec(texts(id)[0] ?? '')?.[0]) || undefined
  const year = (id: string) => readYear(texts(id)[0] ?? '') ?? number(id, /^\d{4}/)
  const milliseconds = number('TLEN', /^\d{1,12}/)
  return {
    title: joined('TIT2'),
    artist: joined('TPE1'),
    album: joined('TALB'),
    genre: joined('TCON'),
    label: joined('TPUB'),
    // What no rule reads is still held against the bounds, so that its DJ learns that it was left out.
    bpm: readBpm(texts('TBPM')[0] ?? '') ?? number('TBPM', /^\d{1,9}(?:\.\d{1,9})?/),
    key: joined('TKEY'),
    remixer: joined('TPE4'),
    composer: joined('TCOM'),
    year: year('TDRC') ?? year('TYER'),
    rating: stars(frames.find(({ id }) => id === 'POPM')?.value),
    // `6/11` is track 6 of 11.
    trackNumber: number('TRCK', /^\d{1,9}/),
    lengthSeconds: milliseconds === undefined ? undefined : milliseconds / 1000,
  }
}

function stars(popularimeter: unknown): number | undefined {
  if (typeof popularimeter !== 'object' || popularimeter === null || !('rating' in popularimeter)) return undefined
  return starsOfPopularimeter(Number(popularimeter.rating))
}

function checked(found: Partial<Record<TagName, unknown>>): Id3Reading {
  const tags: Partial<Record<TagName, unknown>> = {}
  const leftOut: { name: TagName; code: WarningCode }[] = []
  for (const [name, value] of Object.entries(found) as [TagName, unknown][]) {
    if (value === undefined) continue
    const result = checkTag(name, value)
    if ('leftOut' in result) leftOut.push({ name, code: result.leftOut })
    else tags[name] = result.value
  }
  // The cast: each value has passed the check of its tag.
  return { tags: tags as Tags, leftOut }
}
