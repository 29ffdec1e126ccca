/**
 * `npm run -s sql -- "SELECT …"`: asks the running server in SQL. See {@link usage} in `command-line.ts`. Ends with 1 where
 * the server refused, with 2 where it was not asked at all.
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { dataSettings, serverSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { ask, SqlRefusedError } from './ask.ts'
import { readCommandLine, usage } from './command-line.ts'

/** A token that is made here is for one statement. */
const TOKEN_DAYS = 1
const LocalConfig = Type.Object({
  HOST: serverSettings.HOST,
  PORT: serverSettings.PORT,
  DATA_DIR: dataSettings.DATA_DIR,
})

async function main(): Promise<void> {
  const line = readCommandLine(process.argv.slice(2))
  if (line.kind === 'help') {
    process.stdout.write(usage)
    return
  }
  if (line.kind === 'misuse') {
    process.stderr.write(`${line.message}\n\n${usage}`)
    process.exitCode = 2
    return
  }
  const { HOST, PORT, DATA_DIR } = process.env
  const { config } = readConfig(LocalConfig, { HOST, PORT, DATA_DIR })
  const { statement, format, url, token } = line.options
  await ask({
    server: new URL(url ?? `http://${config.HOST}:${config.PORT}`),
    token: token ?? process.env['TONEARM_TOKEN'] ?? (await ownToken(config.DATA_DIR)),
    statement,
    format: format ?? (process.stdout.isTTY ? 'PrettyCompact' : 'TabSeparatedWithNames'),
    stdout: process.stdout,
    fetch,
  })
}

/** As `npm run token` makes one; but no key is made for a server that there is not. */
async function ownToken(dataDir: string): Promise<string> {
  if (!existsSync(join(dataDir, 'keys', 'token.jwk'))) {
    throw new TonearmError('config-invalid', `no token is given, and there is no key in DATA_DIR (${dataDir})`)
  }
  return await issueToken(await readLocalKey(dataDir), 'npm run sql', ['analyst'], TOKEN_DAYS)
}

// A reader that closes early, such as `head`, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
})

main().catch((cause: unknown) => {
  if (cause instanceof SqlRefusedError) {
    process.stderr.write(`${cause.message}\n`)
    process.exitCode = 1
    return
  }
  const reason = cause instanceof Error && cause.cause instanceof Error ? `: ${cause.cause.message}` : ''
  process.stderr.write(`${cause instanceof Error ? cause.message : 'unusable'}${reason}\n`)
  process.exitCode = 2
})
