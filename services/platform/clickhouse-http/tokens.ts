/**
 * Splits a statement into its words, texts and signs, as far as one has to know them to tell its parts from each other.
 * @module
 */

export interface Token {
  readonly kind: 'word' | 'quoted' | 'number' | 'open' | 'close' | 'end' | 'sign'
  readonly text: string
  /** Where it begins in the statement, and where what follows it does. */
  readonly start: number
  readonly stop: number
}

/**
 * Quoted texts and names, heredocs, comments; one that is never closed goes to the end, where the engine refuses it.
 * Source: `src/Parsers/Lexer.cpp` of ClickHouse.
 */
const token = new RegExp(
  [
    String.raw`(?<quoted>(?<quote>['"\x60])(?:\\[^]|\k<quote>\k<quote>|(?!\k<quote>|\\)[^])*(?:\k<quote>|\\?$)` +
      String.raw`|(?<heredoc>\$\w*\$)[^]*?(?:\k<heredoc>|$))`,
    String.raw`(?<nothing>\s+|--[^\n]*|#[ !][^\n]*|/\*[^]*?(?:\*/|$))`,
    String.raw`(?<word>[A-Za-z_][\w$]*)`,
    String.raw`(?<number>\d[\w.]*)`,
    '(?<open>[([{])',
    '(?<close>[)\\]}])',
    '(?<end>;)',
    '(?<sign>[^])',
  ].join('|'),
  'gu',
)

const kinds = ['word', 'quoted', 'number', 'open', 'close', 'end', 'sign'] as const

/** The tokens of a text in order, without spaces and comments; lazily, for what follows an insert may be its rows. */
export function* readTokens(text: string): Generator<Token> {
  for (const match of text.matchAll(token)) {
    const groups = match.groups ?? {}
    const kind = kinds.find((name) => groups[name] !== undefined)
    if (kind !== undefined) {
      yield { kind, text: match[0], start: match.index, stop: match.index + match[0].length }
    }
  }
}
