/**
 * A DJ's own copy of a track: the tags as they came to be in this DJ's library. Most agree, some are spelled otherwise.
 * @module
 */
import type { Tags } from '#schemas/records/track-play.ts'
import type { CatalogueTrack } from './catalogue.ts'
import type { GeneratedDj } from './generate-djs.ts'
import { musicStyles } from './music-styles.ts'
import { createRandom, type Random } from './random.ts'

const DRAW_COPY = 21

/** Keys in the order of Camelot, 1 to 12, as most software writes them. */
const minorKeys = ['Abm', 'Ebm', 'Bbm', 'Fm', 'Cm', 'Gm', 'Dm', 'Am', 'Em', 'Bm', 'F#m', 'Dbm'] as const
const majorKeys = ['B', 'F#', 'Db', 'Ab', 'Eb', 'Bb', 'F', 'C', 'G', 'D', 'A', 'E'] as const

/** The same for the same DJ and track: a library does not change from night to night. */
export function libraryCopy(dj: GeneratedDj, track: CatalogueTrack): Tags {
  const random = createRandom(dj.seed, DRAW_COPY, dj.index, track.style, track.number)
  const bitRate = random.pick([320, 320, 320, 256, 1411])
  const fileType = bitRate === 1411 ? 'wav' : 'mp3'
  return {
    title: respelled(random, random.chance(0.03) ? `${track.title} (Original Mix)` : track.title),
    artist: respelled(random, track.artist),
    ...(random.chance(0.93) ? { genre: genreTag(random, track) } : {}),
    ...(random.chance(0.92) ? { label: labelTag(random, track.label) } : {}),
    ...(random.chance(0.95) ? { bpm: bpmTag(random, track.bpm) } : {}),
    ...(random.chance(0.9) ? { key: keyTag(dj, track) } : {}),
    ...(random.chance(0.88) ? { year: track.year } : {}),
    ...(track.remixer === undefined ? {} : { remixer: track.remixer }),
    ...(track.album === undefined ? {} : { album: track.album, trackNumber: random.integer(1, 4) }),
    ...(random.chance(0.08) ? { composer: track.artist } : {}),
    ...(random.chance(0.2) ? { rating: random.integer(2, 5) } : {}),
    bitRate,
    sampleRate: 44_100,
    fileName: `${track.artist} - ${track.title}.${fileType}`.replaceAll('/', '_'),
    fileSize: Math.round((track.lengthSeconds * bitRate * 1000) / 8),
    lengthSeconds: track.lengthSeconds,
  }
}

/** What real libraries do to a text, without making another track of it. */
function respelled(random: Random, text: string): string {
  const kind = random.next()
  if (kind < 0.03) return text.toUpperCase()
  if (kind < 0.05) return text.toLowerCase()
  if (kind < 0.08) return `${text} `
  if (kind < 0.12) return text.replaceAll("'", '’')
  return text
}

function genreTag(random: Random, { style }: CatalogueTrack): string {
  const tags = (musicStyles[style] ?? musicStyles[0]).tags
  return random.chance(0.85) ? tags[0] : random.pick(tags)
}

function labelTag(random: Random, label: string): string {
  if (random.chance(0.95)) return label
  return random.chance(0.5) ? label.toUpperCase() : label.replace(/ \S+$/, '')
}

/** Analysis is not quite exact, and sometimes an octave off. */
function bpmTag(random: Random, bpm: number): number {
  const octave = random.chance(0.02) ? 0.5 : 1
  return Math.round((bpm + (random.chance(0.3) ? random.between(-0.05, 0.05) : 0)) * octave * 100) / 100
}

function keyTag({ writesCamelotKeys }: GeneratedDj, { camelot: { hour, isMajor } }: CatalogueTrack): string {
  if (writesCamelotKeys) return `${hour}${isMajor ? 'B' : 'A'}`
  return (isMajor ? majorKeys : minorKeys)[hour - 1] ?? ''
}
