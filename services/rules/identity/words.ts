/**
 * The words of a plain text: what is compared of it, without punctuation, articles and ways of writing "and".
 * @module
 */

const romanNumerals = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']
const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
/** Words that a number follows, whichever way it is written. */
const numbered: Readonly<Record<string, string>> = {
  part: 'part',
  pt: 'part',
  parts: 'part',
  pts: 'part',
  volume: 'volume',
  vol: 'volume',
  chapter: 'chapter',
  act: 'act',
  book: 'book',
  episode: 'episode',
  phase: 'phase',
}

/** `pt. ii` and `part two` as `part 2`, `rock 'n' roll` as `rock and roll`, `livin'` as `living`, `ke$ha` as `kesha`. */
export function wordsOf(plain: string): string[] {
  const words = (/[$!'&.]| n(?= )/.test(plain) ? spelt(plain) : plain).match(/[\p{L}\p{N}\p{M}]+/gu)
  return words === null ? [] : withNumbersAlike(words)
}

/** Signs that stand for letters or belong to a word. */
function spelt(plain: string): string {
  return (
    plain
      .replace(/(\p{L})\$(?=\p{L})|\$(?=\p{L})/gu, '$1s')
      .replace(/(\p{L})!(?=\p{L})/gu, '$1i')
      .replace(/(\p{L}{2})in'(?!\p{L})/gu, '$1ing')
      .replace(/(\S) '?n'?(?=\s)/g, '$1 and ')
      .replace(/&/g, ' and ')
      .replace(/(\p{L}) ?'(?=(?:s|t|re|ve|ll|d|m)(?!\p{L}))/gu, '$1')
      .replace(/'/g, '')
      // An acronym's dots: `r.e.m.` is `rem`.
      .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}\p{L}?/gu, (dotted) => dotted.replaceAll('.', ''))
  )
}

/** The words without the article that they begin with, which is left out as often as not. */
export function withoutArticle(words: readonly string[]): readonly string[] {
  const [first, second] = words
  return second !== undefined && (first === 'the' || first === 'a' || first === 'an')
    ? withoutArticle(words.slice(1))
    : words
}

/**
 * The words as one run of characters, for blanks are typed and left out at will (`Fall Out Boy`, `FallOutBoy`). Between
 * digits they stay: `1 2` is not `12`.
 */
export function squashed(words: readonly string[]): string {
  let run = ''
  for (const word of words) run += /\d$/.test(run) && /^\d/.test(word) ? ` ${word}` : word
  return run
}

/** The numbers in words, in their order: digits, words for numbers and Roman numerals that end the text. */
export function numbersIn(words: readonly string[]): string[] {
  const found: string[] = []
  words.forEach((word, index) => {
    const digits = word.match(/\p{N}+/gu)
    if (digits !== null) found.push(...digits.map((digit) => String(Number.parseInt(digit, 10) || digit)))
    else if (numberWords.includes(word)) found.push(String(numberWords.indexOf(word) + 1))
    else if (index > 0 && index === words.length - 1 && word.length > 1 && romanNumerals.includes(word)) {
      found.push(String(romanNumerals.indexOf(word) + 1))
    }
  })
  return found
}

function withNumbersAlike(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const next = words[index + 1]
    if (next !== undefined && numbered[word] !== undefined && digitsOf(next) !== undefined)
      return numbered[word] ?? word
    const before = words[index - 1]
    return before !== undefined && numbered[before] !== undefined ? (digitsOf(word) ?? word) : word
  })
}

/** The number that follows a word like "part", in digits. */
function digitsOf(word: string): string | undefined {
  if (/^\d+$/.test(word)) return word.replace(/^0+(?=\d)/, '')
  const place = Math.max(romanNumerals.indexOf(word), numberWords.indexOf(word))
  return place < 0 ? undefined : String(place + 1)
}
