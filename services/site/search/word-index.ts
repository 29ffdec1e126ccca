/**
 * All words of an index, found by their beginning and by something like them.
 *
 * Beginnings are ranges of the sorted list. For typing errors, words that share enough pairs of letters are looked at
 * closely; a wrong letter spoils two pairs of a word, two swapped ones three (Ukkonen, "Approximate string-matching with
 * q-grams and maximal matches", 1992).
 * @module
 */
import { editSimilarity } from '#rules/identity/similarity.ts'

export interface WordMatch {
  /** Place in the sorted list. */
  readonly word: number
  /** 1 for the word itself, less for a word that begins so, least for one that is only like it. */
  readonly quality: number
}

export interface WordIndex {
  find(word: string): WordMatch[]
}

/** Pairs that one error spoils at most. */
const PAIRS_AN_ERROR = 3
/** Words looked at closely for one word of a question. */
const CANDIDATES_MAX = 2000

const EXACT = 1
const BEGINS = 0.9
const LIKE = 0.5
const BEGINS_LIKE = 0.4

/** Errors that are forgiven: none in short words, for there everything is like everything. */
function errorsForgiven(word: string): number {
  if (word.length < 4) return 0
  return word.length < 8 ? 1 : 2
}

/** @param words sorted as texts are compared (by UTF-16 code units), none twice */
export function createWordIndex(words: readonly string[]): WordIndex {
  const byPair = new Map<string, number[]>()
  words.forEach((word, place) => {
    for (const pair of new Set(pairsOf(word))) {
      const places = byPair.get(pair)
      if (places === undefined) byPair.set(pair, [place])
      else places.push(place)
    }
  })
  const shared = new Uint8Array(words.length)

  function firstFrom(word: string): number {
    let [low, high] = [0, words.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((words[middle] ?? '') < word) low = middle + 1
      else high = middle
    }
    return low
  }

  function* beginningWith(word: string): Generator<WordMatch> {
    for (let place = firstFrom(word); place < words.length; place++) {
      const candidate = words[place] ?? ''
      if (!candidate.startsWith(word)) return
      yield { word: place, quality: candidate.length === word.length ? EXACT : BEGINS }
    }
  }

  function* likeIt(word: string, errors: number): Generator<WordMatch> {
    const pairs = new Set(pairsOf(word))
    const sharedMin = Math.max(1, pairs.size - PAIRS_AN_ERROR * errors)
    const touched: number[] = []
    const candidates: number[] = []
    for (const pair of pairs) {
      for (const place of byPair.get(pair) ?? []) {
        const count = (shared[place] ?? 0) + 1
        if (count === 1) touched.push(place)
        if (count === sharedMin && candidates.length < CANDIDATES_MAX) candidates.push(place)
        shared[place] = count
      }
    }
    for (const place of touched) shared[place] = 0
    for (const place of candidates) {
      const candidate = words[place] ?? ''
      if (candidate.startsWith(word)) continue
      const quality = likeness(word, candidate, errors)
      if (quality > 0) yield { word: place, quality }
    }
  }

  return {
    find(word) {
      const found = [...beginningWith(word)]
      const errors = errorsForgiven(word)
      return errors === 0 ? found : [...found, ...likeIt(word, errors)]
    },
  }
}

/** How good a word is that is not the one looked for: the whole of it, or its beginning, with a few errors; else 0. */
function likeness(word: string, candidate: string, errors: number): number {
  if (isWithin(word, candidate, errors)) return LIKE
  // A word that is still being typed. Its beginning is judged more strictly, for much begins alike.
  return candidate.length > word.length && isWithin(word, candidate.slice(0, word.length), 1) ? BEGINS_LIKE : 0
}

function isWithin(a: string, b: string, errors: number): boolean {
  const longest = Math.max(a.length, b.length)
  // A hair under the bound, for the share of errors is no exact number.
  return editSimilarity(a, b, 1 - (errors + 0.01) / longest) > 0
}

/** `abc` → `^a`, `ab`, `bc`. The end has no pair, for a word may still be being typed. */
function pairsOf(word: string): string[] {
  const pairs = [`^${word.slice(0, 1)}`]
  for (let index = 0; index + 1 < word.length; index++) pairs.push(word.slice(index, index + 2))
  return pairs
}
