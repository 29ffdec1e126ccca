/**
 * How texts and parameters stand in a statement.
 * @module
 */

/** A text as it stands in a statement, whatever is in it: between quotes, with what would end it escaped. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** Whether a statement asks for a parameter. @param name a word */
export function namesParameter(statement: string, name: string): boolean {
  return new RegExp(`\\{\\s*${name}\\s*:`).test(statement)
}
