import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitStatements } from '#platform/store/split-statements.ts'

describe('splitting a file into statements', () => {
  it('ends a statement at a semicolon, and the last one at the end of the file', () => {
    expect(splitStatements('SELECT 1;\nSELECT 2')).toEqual(['SELECT 1', 'SELECT 2'])
  })

  it('finds no statement between two semicolons, nor in a file of comments', () => {
    expect(splitStatements(';; -- nothing; here\n /* nor; here */ ;# nor here;')).toEqual([])
  })

  it.each([
    ["SELECT 'a;b'"],
    ["SELECT 'it''s; here'"],
    [String.raw`SELECT 'it\'s; here'`],
    [String.raw`SELECT 'ends in a backslash\\'`],
    ['SELECT 1 AS "a;b"'],
    ['SELECT 1 AS `a;b`'],
    ["SELECT '-- no comment; here'"],
    ["SELECT '/* nor; here */'"],
    ["SELECT 'quotes \"`; of the other kinds'"],
    ["SELECT 'över 🎧; the plane'"],
  ])('keeps %s whole', (statement) => {
    expect(splitStatements(`${statement};SELECT 2`)).toEqual([statement, 'SELECT 2'])
  })

  it.each([
    ['SELECT 1 -- a comment; with a semicolon\n+ 2', 'SELECT 1  \n+ 2'],
    ["SELECT 1 -- don't\n; ", 'SELECT 1'],
    ['SELECT/* ; */1', 'SELECT 1'],
    ["SELECT /* it's */ 1", 'SELECT   1'],
    ['SELECT 1 # a comment; too', 'SELECT 1'],
    ['SELECT 4 / 2 - 1', 'SELECT 4 / 2 - 1'],
  ])('leaves the comment out of %j', (sql, statement) => {
    expect(splitStatements(sql)).toEqual([statement])
  })

  it('takes a text that is never closed to the end of the file, for the engine to refuse', () => {
    expect(splitStatements("SELECT 1; SELECT 'open; SELECT 2")).toEqual(['SELECT 1', "SELECT 'open; SELECT 2"])
    expect(splitStatements('SELECT 1 /* open; SELECT 2')).toEqual(['SELECT 1'])
  })

  it('finds the statements again that were joined, whatever texts they hold', () => {
    const text = fc.string({ unit: 'binary' })
    const quoted = text.map((value) => `SELECT '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}' AS a`)
    fc.assert(
      fc.property(fc.array(quoted), (statements) => {
        expect(splitStatements(statements.join(';\n'))).toEqual(statements)
      }),
    )
  })
})
