/**
 * Splits a `.sql` file into its statements; the engine takes one at a time.
 *
 * @example
 * splitStatements("CREATE TABLE a …; -- first; things first\nCREATE TABLE b …;") // two statements
 * @module
 */

/**
 * What may hold a semicolon that ends nothing: quoted texts and names (escaped by a backslash or by doubling the quote)
 * and comments. One that is never closed goes to the end of the file, where the engine refuses it.
 * Source: `src/Parsers/Lexer.cpp` of ClickHouse.
 */
const token = new RegExp(
  [
    String.raw`(?<quote>['"\x60])(?:\\[^]|\k<quote>\k<quote>|(?!\k<quote>|\\)[^])*(?:\k<quote>|\\?$)`,
    String.raw`(?<comment>--[^\n]*|#[ !][^\n]*|/\*[^]*?(?:\*/|$))`,
    '(?<end>;)',
    '[^]',
  ].join('|'),
  'gu',
)

/** The statements of a file in order, without their semicolons and the comments around them. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = []
  let statement = ''
  for (const { 0: text, groups } of sql.matchAll(token)) {
    if (groups?.['end'] !== undefined) {
      statements.push(statement)
      statement = ''
      // A comment may stand between two words, so it leaves a space.
    } else statement += groups?.['comment'] === undefined ? text : ' '
  }
  return [...statements, statement].map((text) => text.trim()).filter((text) => text !== '')
}
