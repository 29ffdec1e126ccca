/** The rows of a text, one JSON object a line; the caller has asked for columns of these names and types. */
export function parseLines<Row>(lines: string): Row[] {
  return lines.split('\n').flatMap((line): Row[] => (line === '' ? [] : [JSON.parse(line)]))
}
