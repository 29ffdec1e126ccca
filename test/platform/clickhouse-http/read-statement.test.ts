import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStatement } from '#platform/clickhouse-http/read-statement.ts'

const formatOf = (text: string) => {
  const statement = readStatement(text)
  return statement.kind === 'insert' ? undefined : statement.format
}

describe('reading a statement', () => {
  it.each([
    ['SELECT 1 FORMAT JSON', 'JSON'],
    ['select 1 format CSV;', 'CSV'],
    ['SELECT 1 FORMAT JSON SETTINGS max_threads = 1', 'JSON'],
    ['SELECT * FROM t FORMAT TSV -- a comment', 'TSV'],
    ["SELECT 'FORMAT JSON'", undefined],
    ['SELECT 1 /* FORMAT JSON */', undefined],
    ['SELECT a FROM (SELECT 1 AS a FORMAT JSON)', undefined],
    ['SELECT format FROM t', undefined],
    ['SELECT a FROM t ORDER BY format DESC', undefined],
    ["SELECT format('{}', a) FROM t", undefined],
    ['SELECT a AS format FROM t', undefined],
    ['SHOW TABLES FORMAT JSONEachRow', 'JSONEachRow'],
    ['WITH 1 AS a SELECT a FORMAT Pretty', 'Pretty'],
    ['SELECT $$FORMAT JSON;$$', undefined],
  ])('finds the format of %s', (text, format) => {
    expect(formatOf(text)).toBe(format)
  })

  it.each([
    ['INSERT INTO t FORMAT JSONEachRow {"a":1}', 'INSERT INTO t ', 'JSONEachRow', '{"a":1}'],
    ['INSERT INTO t (a, b) FORMAT CSV\n1,2', 'INSERT INTO t (a, b) ', 'CSV', '1,2'],
    ['INSERT INTO t VALUES (1);', 'INSERT INTO t ', 'Values', ' (1);'],
    ['INSERT INTO d.`format` SETTINGS a = 1 FORMAT TSV\n\t', 'INSERT INTO d.`format` ', 'TSV', '\t'],
    [
      "/* FORMAT */ INSERT INTO FUNCTION f('FORMAT CSV') FORMAT TSV\nx; y",
      "/* FORMAT */ INSERT INTO FUNCTION f('FORMAT CSV') ",
      'TSV',
      'x; y',
    ],
  ])('finds the rows behind %j', (text, head, format, rows) => {
    const statement = readStatement(text)
    expect(statement).toMatchObject({ kind: 'insert', head, format })
    expect(statement.kind === 'insert' && text.slice(statement.dataStart)).toBe(rows)
  })

  it.each(['INSERT INTO t SELECT 1', 'INSERT INTO t (a) WITH 1 AS b SELECT b', 'INSERT INTO t (SELECT 1)'])(
    'finds no rows behind %s',
    (text) => {
      expect(readStatement(text)).toMatchObject({ kind: 'other', verb: 'INSERT' })
    },
  )

  it.each([
    ['', 'SYNTAX_ERROR'],
    [' -- nothing', 'SYNTAX_ERROR'],
    [';', 'SYNTAX_ERROR'],
    ['SELECT 1; SELECT 2', 'SYNTAX_ERROR'],
    ['SELECT 1;; DROP TABLE t', 'SYNTAX_ERROR'],
    ["SELECT 1 INTO OUTFILE 'a'", 'INTO_OUTFILE_NOT_ALLOWED'],
    ["INSERT INTO t FROM INFILE 'a' FORMAT CSV", 'UNKNOWN_TYPE_OF_QUERY'],
  ])('refuses %j', (text, type) => {
    expect(() => readStatement(text)).toThrow(expect.objectContaining({ type }))
  })

  it('puts a select together again from its parts, whatever texts it holds', () => {
    const quoted = fc
      .string({ unit: 'binary' })
      .map((text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
    fc.assert(
      fc.property(fc.array(quoted, { minLength: 1 }), fc.constantFrom('', ' SETTINGS a = 1'), (texts, tail) => {
        const body = `SELECT ${texts.join(', ')} `
        expect(readStatement(`${body}FORMAT CSV${tail}`)).toEqual({ kind: 'select', body, format: 'CSV', tail })
      }),
    )
  })
})
