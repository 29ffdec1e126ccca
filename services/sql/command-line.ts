/**
 * The arguments of `npm run sql`.
 * @module
 */
import { parseArgs } from 'node:util'

export const usage = `Usage: npm run -s sql -- "SELECT …" [--format F] [--url URL] [--token T]

Asks the running server in SQL, and prints what it answers.

  --format F   format of ClickHouse: JSON, CSVWithNames, Parquet, …; a table on a terminal, tabs with names elsewhere
  --url URL    the server; http://127.0.0.1:8080, or that of HOST and PORT, if not given
  --token T    token with the scope analyst; TONEARM_TOKEN, or one of the key in DATA_DIR, if not given
`

export interface SqlOptions {
  readonly statement: string
  readonly format: string | undefined
  readonly url: string | undefined
  readonly token: string | undefined
}

export type CommandLine =
  | { readonly kind: 'ask'; readonly options: SqlOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly message: string }

export function readCommandLine(argv: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) return { kind: 'help' }
    const [statement = '', ...further] = positionals
    if (statement.trim() === '') return { kind: 'misuse', message: 'no statement is given' }
    if (further.length > 0) return { kind: 'misuse', message: 'a statement is one argument: put it in quotes' }
    if (values.url !== undefined && !isHttp(values.url)) {
      return { kind: 'misuse', message: '--url must be an http or https address' }
    }
    return { kind: 'ask', options: { statement, format: values.format, url: values.url, token: values.token } }
  } catch (cause) {
    return { kind: 'misuse', message: cause instanceof Error ? cause.message : 'unusable arguments' }
  }
}

const isHttp = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
