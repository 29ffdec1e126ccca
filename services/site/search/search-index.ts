/**
 * Names and the words in them, in memory: finds those that have every word of a question.
 *
 * Names come in the order in which equally good ones are to be found, and are known by their place in it.
 * @module
 */
import { createTurns } from '#platform/scheduling/work-slices.ts'
import { searchWords } from './search-words.ts'
import { createWordIndex } from './word-index.ts'

/** Words of a question that are looked at; more than these only narrow what is narrow enough. */
const QUESTION_WORDS_MAX = 8
/** Words of a name that are kept; the longest titles are whole sentences. */
const NAME_WORDS_MAX = 24

export interface SearchIndex {
  /** The best names, the best first: what is or begins as asked for, then by the order they came in. */
  find(question: string, limit: number): FoundNames
}

export interface FoundNames {
  readonly places: readonly number[]
  /** Whether they have the words as they were typed. Names with words like them are looked at only where there is none. */
  readonly areTypedRight: boolean
}

/** How a whole name answers a question. The steps are further apart than any number of names. */
const IS = 2
const BEGINS = 1
const HAS_WORDS = 0
const STEP = 2 ** 32

/** A word worse than this was typed wrong, or is another one. */
const TYPED_RIGHT = 0.75

/**
 * @param names each in one or more forms (`title`, `artist title`), any of which may be asked for; gives the event loop back
 *   while it works
 */
export async function createSearchIndex(names: readonly (readonly string[])[]): Promise<SearchIndex> {
  const turn = createTurns()
  const forms: string[][] = []
  const namesByWord = new Map<string, number[]>()
  for (const [place, spellings] of names.entries()) {
    const ofName = new Set<string>()
    const whole: string[] = []
    for (const spelling of spellings) {
      const words = searchWords(spelling)
      whole.push(words.join(' '))
      for (const word of words.slice(0, NAME_WORDS_MAX)) ofName.add(word)
      // Blanks are typed and left out at will: `Daft Punk`, `daftpunk`.
      if (words.length > 1 && words.length < 4) ofName.add(words.join(''))
    }
    forms.push(whole)
    for (const word of ofName) {
      const places = namesByWord.get(word)
      if (places === undefined) namesByWord.set(word, [place])
      else places.push(place)
    }
    await turn()
  }
  const sorted = [...namesByWord.keys()].sort()
  const postings = sorted.map((word) => Uint32Array.from(namesByWord.get(word) ?? []))
  namesByWord.clear()
  await turn()
  const words = createWordIndex(sorted)

  /** How many words of the question a name has had so far, and the worst of them; all 0 between questions. */
  const had = new Uint8Array(names.length)
  const best = new Float32Array(names.length)
  const worst = new Float32Array(names.length)

  function namesWithAll(question: readonly string[]): { found: readonly number[]; touched: readonly number[] } {
    const touched: number[] = []
    let found: number[] = []
    question.forEach((word, index) => {
      found = []
      for (const match of words.find(word)) {
        for (const place of postings[match.word] ?? []) {
          if (had[place] === index) {
            had[place] = index + 1
            best[place] = match.quality
            found.push(place)
            if (index === 0) touched.push(place)
          } else if (had[place] === index + 1) {
            best[place] = Math.max(best[place] ?? 0, match.quality)
          }
        }
      }
      for (const place of found) worst[place] = Math.min(index === 0 ? 1 : (worst[place] ?? 0), best[place] ?? 0)
    })
    return { found, touched }
  }

  return {
    find(text, limit) {
      const question = searchWords(text).slice(0, QUESTION_WORDS_MAX)
      const whole = question.join(' ')
      const { found, touched } = namesWithAll(question)
      const isTypedRight = (place: number) => (worst[place] ?? 0) >= TYPED_RIGHT
      const areTypedRight = found.some(isTypedRight)
      const top: { place: number; score: number }[] = []
      for (const place of found) {
        if (areTypedRight && !isTypedRight(place)) continue
        insert(top, { place, score: STEP * step(forms[place] ?? [], whole) - place }, limit)
      }
      for (const place of touched) had[place] = 0
      return { places: top.map(({ place }) => place), areTypedRight }
    },
  }
}

function step(forms: readonly string[], whole: string): number {
  if (forms.includes(whole)) return IS
  return forms.some((form) => form.startsWith(whole)) ? BEGINS : HAS_WORDS
}

/** Puts a name where it belongs in a short list, the highest score first. */
function insert<T extends { readonly score: number }>(top: T[], item: T, limit: number): void {
  const last = top.at(-1)
  if (top.length >= limit && last !== undefined && last.score >= item.score) return
  const at = top.findIndex(({ score }) => score < item.score)
  top.splice(at < 0 ? top.length : at, 0, item)
  if (top.length > limit) top.pop()
}
