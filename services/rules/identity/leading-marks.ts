/**
 * What DJ software and rippers write before and behind a title: track numbers, musical keys, BPM.
 * @module
 */

/** `02 dream on`, `02. …`, `02 - …`, `02-…`, sides of records (`a1. …`, `0a1-…`); one digit alone may be the title (`7 rings`, `4-ever`). */
const trackNumber =
  /^(?:\d{1,3} ?[.)] +|\d{1,3} +-+ +|0\d{1,3} ?-+ ?|0[1-9] +|[a-h]\d{1,2} ?[.] +|0[a-h]\d{1,2} ?-+ ?|\d-\d\d +(?:-+ +)?)(?=\S)/
const camelotKey = /^(?:\[|\()?(?:0?[1-9]|1[0-2])[abdm](?:\]|\))? +-+ +(?=\S)/
const tonalKey = /^[a-g][#b♯♭]?(?:m|min|maj)? +-+ +(?=\d{2,3}(?:\.\d+)? +-+ +)/
const beats = /^\d{2,3}(?:[.,]\d{1,2})? ?(?:bpm)? +-+ +(?=\S)/
const behind = /(?<=\S) +-+ +(?:0?[1-9]|1[0-2])[abdm](?: +-+ +\d{1,3}(?:\.\d{1,2})?)?$/

/** The plain text without them. What would be left of a title that is only such marks is the title. */
export function withoutMarks(plain: string): string {
  let text = plain.replace(behind, '')
  for (let round = 0; round < 6; round++) {
    const next = [camelotKey, tonalKey, beats, trackNumber].reduce((left, mark) => left.replace(mark, ''), text)
    if (next === text || next.trim() === '') return text
    text = next
  }
  return text
}
