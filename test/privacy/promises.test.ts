/**
 * Every row of what is promised to the people in the data has a test that names it: `PRIVACY 7`, or `PRIVACY 8, 9 and 10`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROWS = 16
const testFolder = fileURLToPath(new URL('..', import.meta.url))

/** The texts that name tests: what stands between the quotes behind `it(`, `describe(` and their `.each(…)(`. */
function namesIn(source: string): string[] {
  const named = /\b(?:it|describe)(?:\.each\([\s\S]*?\)\s*)?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g
  return [...source.matchAll(named)].map(([, , name]) => name ?? '')
}

/** The numbers behind the word, one or several. */
function rowsIn(name: string): number[] {
  return [...name.matchAll(/\bPRIVACY (\d+(?:(?:, | and )\d+)*)/g)].flatMap(([, numbers]) =>
    [...(numbers ?? '').matchAll(/\d+/g)].map(Number),
  )
}

function rowsWithTests(sources: readonly string[]): Set<number> {
  return new Set(sources.flatMap(namesIn).flatMap(rowsIn))
}

const every = Array.from({ length: ROWS }, (_, index) => index + 1)

it('names in a test each of the rows, and no row that there is not', () => {
  const files = readdirSync(testFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  )
  const found = rowsWithTests(files.map((file) => readFileSync(`${testFolder}/${file}`, 'utf8')))
  expect([...found].sort((a, b) => a - b)).toEqual(every)
})

it('finds the numbers in names, and those in comments not', () => {
  const sources = [
    "it('does (PRIVACY 3)', () => {})\n// PRIVACY 4\n const text = 'PRIVACY 5'",
    "describe.each([\n ['a', (one) => two(one)],\n])('PRIVACY 8, 9 and 10: %s', () => {",
  ]
  expect([...rowsWithTests(sources)]).toEqual([3, 8, 9, 10])
})
