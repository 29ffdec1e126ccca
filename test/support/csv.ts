/**
 * Rows of CSV (RFC 4180): fields in quotes may hold commas, line ends and doubled quotes.
 *
 * @example
 * readCsv('a,b\n1,"x, ""y"""\n') // [{ a: '1', b: 'x, "y"' }]
 * @module
 */

/** The rows after the header, each by the header's names. Throws where a row has another number of fields. */
export function readCsv(text: string): Record<string, string>[] {
  const [header = [], ...rows] = readRows(text)
  return rows.map((row, index) => {
    if (row.length !== header.length) throw new Error(`row ${index + 1} has ${row.length} of ${header.length} fields`)
    return Object.fromEntries(header.map((name, column) => [name, row[column] ?? '']))
  })
}

function readRows(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  const rows: string[][] = []
  let row: string[] = []
  while (field.lastIndex < text.length) {
    const at = field.lastIndex
    const match = field.exec(text)
    if (match === null) throw new Error(`not CSV at character ${at}`)
    const [, quoted, plain = '', end] = match
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push([...row, ''])
  return rows
}
