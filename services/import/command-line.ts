/**
 * The arguments of `npm run import`.
 * @module
 */
import { parseArgs } from 'node:util'

export const usage = `Usage: npm run import -- FILE… [--url URL] [--token T] [--charts] [--public] [--dry-run]

Reads history files of Serato DJ and uploads them as sessions.

  FILE        a .session file, a history.database, or a folder (all of its .session files, its folders' too)
  --url URL   the server; http://127.0.0.1:8080 if not given
  --token T   bearer token of the account; \`npm run -s token -- --sub NAME\` prints one
  --charts    first give the account's consent to contribute to charts
  --public    make the new sessions public
  --dry-run   read and report, and send nothing
`

export interface ImportOptions {
  readonly paths: readonly string[]
  readonly server: URL
  /** Absent only in a dry run. */
  readonly token?: string
  readonly consentsToCharts: boolean
  readonly makesPublic: boolean
  readonly isDryRun: boolean
}

export type CommandLine =
  | { readonly kind: 'import'; readonly options: ImportOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly message: string }

export function readCommandLine(argv: readonly string[]): CommandLine {
  const parsed = parse(argv)
  if (typeof parsed === 'string') return { kind: 'misuse', message: parsed }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  if (positionals.length === 0) return { kind: 'misuse', message: 'no file is given' }

  const server = serverOf(values.url)
  if (server === undefined) return { kind: 'misuse', message: '--url must be an http or https address' }
  if (!values['dry-run'] && (values.token ?? '').trim() === '') {
    const message = '--token is missing; `npm run -s token -- --sub NAME` prints one for the server on this computer'
    return { kind: 'misuse', message }
  }
  const options = {
    paths: positionals,
    server,
    consentsToCharts: values.charts,
    makesPublic: values.public,
    isDryRun: values['dry-run'],
  }
  return { kind: 'import', options: values.token === undefined ? options : { ...options, token: values.token.trim() } }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:8080' },
        token: { type: 'string' },
        charts: { type: 'boolean', default: false },
        public: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** With a slash at the end, so that paths under it are kept. */
function serverOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
}
