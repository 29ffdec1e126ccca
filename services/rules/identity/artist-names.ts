/**
 * The names in an artist tag: joint artists in any order, and those that are featured.
 * @module
 */
import { squashed, withoutArticle, wordsOf } from './words.ts'

export interface ArtistNames {
  /** Each without its article, in the order of the alphabet, no two the same. */
  readonly names: readonly string[]
  readonly featured: readonly string[]
}

/** What begins the list of featured artists. `ft` after a digit is a length. */
export const featuring = /(?<![\p{L}\p{N}])(?<!\d )(?:feat|ft|featuring|f\/)(?![\p{L}\p{N}])\s*[.:]?/u

const separators =
  /\s*[;&]\s*|(?<!\d)\s*,\s*|\s*,\s*(?!\d)|\s+[/+|\\]\s+|\s+(?:x|vs|vs\.|v\.|versus|and|with|w\/|b2b|meets|pres|pres\.|presents)\s+/u

/** The names in a plain text. */
export function artistNames(plain: string): ArtistNames {
  const at = plain.search(featuring)
  const [main, rest] = at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at).replace(featuring, '')]
  const names = namesIn(main)
  const featured = namesIn(rest)
  return names.length === 0 ? { names: featured, featured: [] } : { names, featured }
}

/** The names in a list without featured artists. */
export function namesIn(plain: string): string[] {
  // Discogs tells artists of one name apart by a number, and the sort form puts the article last.
  const text = plain.replace(/\s*\(\d{1,2}\)(?=\s*(?:$|[,&/;+]))/g, '').replace(/, the(?=\s*(?:$|[&/;+]))/g, '')
  const named = text.split(separators).map((name) => withoutArticle(wordsOf(name)).join(' '))
  const kept = [...new Set(named.filter((name) => name !== '' && name !== 'the'))]
  if (kept.length > 0) return kept.sort()
  // A name may be all signs: `!!!`, `†††`.
  const signs = text.replace(/[\s()[\]{}&,;'"]/g, '')
  return signs === '' ? [] : [signs]
}

/** Names as one text, from which the same names are read again. */
export function joinedNames(names: readonly string[]): string {
  return names.join(' & ')
}

/** Names as part of a key. */
export function squashedNames(names: readonly string[]): string {
  return names
    .map((name) => squashed(name.split(' ')))
    .sort()
    .join('&')
}
