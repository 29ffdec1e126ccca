/**
 * The genres of the demo's world, with what is typical of each.
 * @module
 */
import type { Tongue } from './invented-names.ts'

export interface MusicStyle {
  readonly slug: string
  /** As most type it into the genre tag, then other ways. */
  readonly tags: readonly [string, ...string[]]
  readonly bpm: readonly [min: number, max: number]
  /** How long DJs let a track of it play, seconds. */
  readonly playedSeconds: readonly [min: number, max: number]
  readonly lengthSeconds: readonly [min: number, max: number]
  readonly tongue: Tongue
  /** Share of tracks that are somebody's remix. */
  readonly remixes: number
  /** How many of all DJs prefer it, before regions have their say. */
  readonly weight: number
}

export const musicStyles = [
  style('house', ['House', 'house'], [120, 127], [170, 330], [300, 460], 'english', 0.25, 10),
  style('tech-house', ['Tech House', 'Tech-House'], [124, 130], [150, 300], [290, 430], 'english', 0.2, 9),
  style('deep-house', ['Deep House', 'Deep House / House'], [117, 124], [190, 360], [320, 480], 'english', 0.2, 6),
  style('afro-house', ['Afro House', 'Afro-House'], [118, 124], [200, 380], [320, 500], 'english', 0.25, 6),
  style('techno', ['Techno', 'TECHNO'], [130, 142], [180, 340], [320, 480], 'english', 0.12, 9),
  style('trance', ['Trance'], [134, 142], [190, 330], [330, 500], 'english', 0.2, 4),
  style(
    'drum-and-bass',
    ['Drum & Bass', 'DnB', 'Drum and Bass'],
    [172, 176],
    [80, 200],
    [240, 360],
    'english',
    0.15,
    6,
  ),
  style('uk-garage', ['UK Garage', 'Uk Garage'], [130, 136], [100, 220], [220, 340], 'english', 0.25, 4),
  style('disco', ['Disco', 'Disco / Nu Disco'], [108, 124], [160, 300], [280, 430], 'english', 0.15, 4),
  style('hip-hop', ['Hip-Hop', 'Hip Hop', 'Rap'], [78, 105], [50, 150], [150, 260], 'english', 0.06, 10),
  style('rnb', ['R&B', 'RnB'], [70, 105], [60, 160], [170, 270], 'english', 0.06, 5),
  style('pop', ['Pop'], [96, 128], [70, 180], [160, 240], 'english', 0.15, 7),
  style('amapiano', ['Amapiano'], [110, 115], [150, 330], [300, 460], 'english', 0.08, 4),
  style('dancehall', ['Dancehall', 'Reggae / Dancehall'], [88, 108], [50, 150], [160, 240], 'english', 0.08, 3),
  style('reggaeton', ['Reggaeton', 'Reggaetón'], [88, 100], [60, 160], [150, 240], 'spanish', 0.1, 5),
  style('brazilian-funk', ['Brazilian Funk', 'Baile Funk'], [128, 136], [50, 140], [130, 210], 'portuguese', 0.1, 3),
] as const satisfies readonly MusicStyle[]

function style(
  slug: string,
  tags: MusicStyle['tags'],
  bpm: MusicStyle['bpm'],
  playedSeconds: MusicStyle['playedSeconds'],
  lengthSeconds: MusicStyle['lengthSeconds'],
  tongue: Tongue,
  remixes: number,
  weight: number,
): MusicStyle {
  return { slug, tags, bpm, playedSeconds, lengthSeconds, tongue, remixes, weight }
}
