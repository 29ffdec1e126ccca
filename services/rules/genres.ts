/**
 * Genres: from what DJs type into the genre tag to slugs, and from a slug to the genres above it.
 * @module
 */

/** Parents of the genres that have one. A genre that stands nowhere here keeps a slug of its own. */
const parents: Readonly<Record<string, string>> = {
  house: 'electronic',
  'deep-house': 'house',
  'tech-house': 'house',
  'progressive-house': 'house',
  'afro-house': 'house',
  'electro-house': 'house',
  'future-house': 'house',
  'bass-house': 'house',
  techno: 'electronic',
  'minimal-techno': 'techno',
  'hard-techno': 'techno',
  trance: 'electronic',
  psytrance: 'trance',
  'drum-and-bass': 'electronic',
  'liquid-drum-and-bass': 'drum-and-bass',
  jungle: 'drum-and-bass',
  dubstep: 'electronic',
  'uk-garage': 'electronic',
  breakbeat: 'electronic',
  electro: 'electronic',
  'nu-disco': 'disco',
  downtempo: 'electronic',
  ambient: 'electronic',
  trap: 'hip-hop',
  'boom-bap': 'hip-hop',
  dancehall: 'reggae',
  dub: 'reggae',
  reggaeton: 'latin',
  salsa: 'latin',
  'classic-rock': 'rock',
  'hard-rock': 'rock',
  'alternative-rock': 'rock',
  'indie-rock': 'rock',
  'punk-rock': 'rock',
}

/** Other ways to write a slug. */
const aliases: Readonly<Record<string, string>> = {
  dnb: 'drum-and-bass',
  'd-and-b': 'drum-and-bass',
  'drum-n-bass': 'drum-and-bass',
  'drum-bass': 'drum-and-bass',
  hiphop: 'hip-hop',
  rap: 'hip-hop',
  'hip-hop-rap': 'hip-hop',
  'r-and-b': 'rnb',
  'r-b': 'rnb',
  'electronic-music': 'electronic',
  electronica: 'electronic',
}

/** Slugs that name kinds of charts, not genres. */
const SCENE_PREFIX = 'scene-'
export const ALL_GENRES = 'all'

const SLUG_LENGTH_MAX = 100
const SLUGS_PER_TAG_MAX = 8

/** The slug of one genre as somebody types it; `undefined` where nothing of it can be a slug. */
export function genreSlug(text: string): string | undefined {
  const slug = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, SLUG_LENGTH_MAX)
    .replace(/^-+|-+$/g, '')
  if (slug === '') return undefined
  const known = aliases[slug] ?? slug
  return known === ALL_GENRES || known.startsWith(SCENE_PREFIX) ? `genre-${known}` : known
}

/** The slugs of a genre tag (`Tech House / Minimal; Deep House`) and of all genres above them, without repetition. */
export function genresOfTag(tag: string): string[] {
  const own = tag.split(/[/;,|\\]/).flatMap((part) => genreSlug(part) ?? [])
  return withAncestors(own.slice(0, SLUGS_PER_TAG_MAX))
}

/** The genres and all genres above them, without repetition, sorted. */
export function withAncestors(slugs: readonly string[]): string[] {
  const all = new Set<string>()
  for (let slug of slugs) {
    for (let next: string | undefined = slug; next !== undefined && !all.has(next); next = parents[slug]) {
      all.add(next)
      slug = next
    }
  }
  return [...all].sort()
}

/** The slug under which the chart of a scene is found. */
export function sceneSlug(genre: string): string {
  return `${SCENE_PREFIX}${genre}`
}
