/**
 * Names of genres, and their place in the tree. The names are the same in every language: DJs use the English ones.
 * @module
 */
import { genreTree } from './genre-tree.ts'

/** Charts of scenes have this before the genre's slug. */
const SCENE_PREFIX = 'scene-'

/** What is more than its words with a capital letter. */
const wholeNames: Readonly<Record<string, string>> = {
  ebm: 'EBM',
  idm: 'IDM',
  rnb: 'R&B',
  'alternative-rnb': 'Alternative R&B',
  'c-pop': 'C-pop',
  'j-pop': 'J-pop',
  'k-pop': 'K-pop',
  'p-funk': 'P-funk',
  'hi-nrg': 'Hi-NRG',
  'hip-hop': 'Hip-hop',
  'uk-funky': 'UK funky',
  'uk-garage': 'UK garage',
  'us-garage': 'US garage',
}

/** `drum-and-bass` → `Drum and bass`; a slug that is in no list keeps its words. */
export function genreName(slug: string): string {
  const whole = wholeNames[slug]
  if (whole !== undefined) return whole
  const words = slug.replaceAll('-', ' ')
  const [first = ''] = words
  return first.toUpperCase() + words.slice(first.length)
}

/** The genre of a scene's chart (`scene-house` → `house`); `undefined` of any other chart. */
export function genreOfScene(chartGenre: string): string | undefined {
  return chartGenre.startsWith(SCENE_PREFIX) ? chartGenre.slice(SCENE_PREFIX.length) : undefined
}

/** The genres above a genre, from the widest to the one right above it. */
export function genresAbove(slug: string): string[] {
  const above: string[] = []
  for (let next = genreTree.parents.get(slug); next !== undefined; next = genreTree.parents.get(next))
    above.unshift(next)
  return above
}
