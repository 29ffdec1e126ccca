/**
 * How alike two texts are, from 0 to 1, whatever their language.
 * @module
 */

/**
 * 1 less the share of characters to insert, delete, replace or swap with a neighbour (Damerau's distance, optimal string
 * alignment). 0 where it is under `least`.
 */
export function editSimilarity(a: string, b: string, least = 0): number {
  if (a === b) return 1
  const longest = Math.max(a.length, b.length)
  const distanceMax = Math.floor(longest * (1 - least))
  if (distanceMax === 0 || Math.abs(a.length - b.length) > distanceMax) return 0
  const [few, many] = a.length < b.length ? [a, b] : [b, a]
  const distance = few.length <= BITS ? bitDistance(few, many) : rowDistance(few, many, distanceMax)
  return distance > distanceMax ? 0 : 1 - distance / longest
}

/** A row of the table of distances fits into the bits of one number. */
const BITS = 32
/** For each UTF-16 code unit the places where it stands in the text compared; all 0 between calls. */
const places = new Int32Array(65_536)

/**
 * The distance for a text of at most 32 code units, a column of the table at a time (Hyyrö, "A bit-vector algorithm for
 * computing Levenshtein and Damerau edit distances", 2003): a tenth of the time of a loop over its cells.
 */
function bitDistance(few: string, many: string): number {
  if (few.length === 0) return many.length
  for (let index = 0; index < few.length; index++) {
    const code = few.charCodeAt(index)
    places[code] = (places[code] ?? 0) | (1 << index)
  }
  const last = 1 << (few.length - 1)
  let distance = few.length
  let up = -1
  let down = 0
  let diagonal = 0
  let before = 0
  for (let index = 0; index < many.length; index++) {
    const here = places[many.charCodeAt(index)] ?? 0
    const swapped = ((~diagonal & here) << 1) & before
    diagonal = (((here & up) + up) ^ up) | here | down | swapped
    let rise = down | ~(diagonal | up)
    const fall = diagonal & up
    if ((rise & last) !== 0) distance++
    if ((fall & last) !== 0) distance--
    rise = (rise << 1) | 1
    up = (fall << 1) | ~(diagonal | rise)
    down = rise & diagonal
    before = here
  }
  for (let index = 0; index < few.length; index++) places[few.charCodeAt(index)] = 0
  return distance
}

/** The distance of longer texts, or a number over `distanceMax`. */
function rowDistance(a: string, b: string, distanceMax: number): number {
  let beforeLast = new Uint16Array(b.length + 1)
  let last = new Uint16Array(b.length + 1)
  let row = new Uint16Array(b.length + 1)
  for (let j = 0; j <= b.length; j++) last[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1)
      let cost = Math.min(at(last, j - 1) + (letter === other ? 0 : 1), at(last, j) + 1, at(row, j - 1) + 1)
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1)
      }
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > distanceMax) return distanceMax + 1
    ;[beforeLast, last, row] = [last, row, beforeLast]
  }
  return at(last, b.length)
}

/** Within the bounds of the row, which the callers keep. */
function at(row: Uint16Array, index: number): number {
  return row[index] ?? 0
}

/** From this on a word is a misspelling of another. */
const WORD_LEAST = 0.7

/**
 * The share of the words' weight that both have, misspellings in proportion (soft TF-IDF after Cohen, Ravikumar and
 * Fienberg, "A comparison of string distance metrics for name-matching tasks", 2003, with shares in place of cosines).
 */
export function wordSimilarity(a: readonly string[], b: readonly string[], weightOf: (word: string) => number): number {
  const left = [...b]
  let shared = 0
  let total = 0
  for (const word of a) {
    const weight = weightOf(word)
    let best = -1
    let likeness = 0
    const same = left.indexOf(word)
    if (same >= 0) [best, likeness] = [same, 1]
    for (let index = 0; index < left.length && likeness < 1; index++) {
      const similarity = editSimilarity(word, left[index] ?? '', WORD_LEAST)
      if (similarity > likeness) [best, likeness] = [index, similarity]
    }
    const [found] = best < 0 ? [] : left.splice(best, 1)
    const both = found === undefined ? weight : Math.max(weight, weightOf(found))
    shared += both * likeness
    total += both
  }
  for (const word of left) total += weightOf(word)
  return total === 0 ? 0 : shared / total
}
