/**
 * From what DJs type into the genre tag to slugs, and from a slug to the genres above it.
 *
 * A genre that the tree does not know keeps a slug of its own and has nothing above it.
 * @module
 */
import { genreTree } from './genre-tree.ts'
import { slugify } from './slugify.ts'

/** The genre of the charts of all genres. */
const ALL_GENRES = 'all'

/** Charts of scenes have this before the genre's slug. */
const SCENE_PREFIX = 'scene-'

/** Genres that one tag gives at most: a tag with more is a list of all there is. */
const GENRES_PER_TAG_MAX = 8

/** What separates genres in a tag. A comma inside a number does not, but no genre has one. */
const separators = /[/;,|\\\0]|\s-\s/

/** The slug of one genre as somebody types it; `undefined` where nothing of it can be a slug. */
export function genreSlug(text: string): string | undefined {
  const slug = slugify(text)
  if (slug === '' || /^\d+$/.test(slug)) return genreTree.slugs.get(slug)
  const known = genreTree.slugs.get(slug) ?? slug
  return known === ALL_GENRES || known.startsWith(SCENE_PREFIX) ? `genre-${known}` : known
}

/** Whether the tree knows the genre. */
export function isKnownGenre(slug: string): boolean {
  return genreTree.slugs.get(slug) === slug
}

/** The slugs of a genre tag (`Tech House / Minimal; Deep House`) and of all genres above them, sorted, each once. */
export function genresOfTag(tag: string): string[] {
  return withAncestors(ownGenres(tag).slice(0, GENRES_PER_TAG_MAX))
}

/** The genres and all genres above them, sorted, each once. */
export function withAncestors(slugs: readonly string[]): string[] {
  const all = new Set<string>()
  for (const slug of slugs) {
    for (let next: string | undefined = slug; next !== undefined; next = genreTree.parents.get(next)) all.add(next)
  }
  return [...all].sort()
}

/** What the tag itself names. Some genres have a separator in their name, so the whole is asked before parts that are not all known. */
function ownGenres(tag: string): string[] {
  // ID3v2.3 writes a number of its list in brackets before the text; what stands in brackets behind a genre is its shade.
  const text = tag.replace(/^(\(\d{1,3}\))+/, '')
  const parts = text.split(separators).map((part) => part.trim())
  // `Folk / Rock` is two genres, although `Folk Rock` is one.
  const known = parts.flatMap((part) => knownSlug(part) ?? [])
  if (known.length === parts.length) return [...new Set(known)]
  const whole = knownSlug(text) ?? knownSlug(text.replace(/\s*[([][^)\]]*[)\]]\s*$/, ''))
  if (whole !== undefined) return [whole]
  return parts.flatMap((part) => {
    const slug = knownSlug(part)
    if (slug !== undefined) return [slug]
    // `House & Techno` is two genres where both are known; `Rock & Roll` is in the tree as it is.
    const joined = part.split(/\s*[&+]\s*|\s+and\s+/i)
    const both = joined.flatMap((one) => knownSlug(one) ?? [])
    return joined.length > 1 && both.length === joined.length ? both : (genreSlug(part) ?? [])
  })
}

function knownSlug(text: string): string | undefined {
  const slug = genreSlug(text)
  return slug !== undefined && isKnownGenre(slug) ? slug : undefined
}
