import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { without } from '../support/optional-parts.ts'
import { startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)

describe.skipIf(without('curl'))('curl', () => {
  let sql: string
  let password: string

  beforeAll(async () => {
    const { address, dataDir } = await startServer()
    sql = `${address}/sql`
    password = await issueToken(await readLocalKey(dataDir), 'ana', ['analyst'])
  })

  /** Asks as an analyst; what it prints. */
  const curl = async (...args: readonly string[]) =>
    (await run('curl', ['--silent', '--show-error', '--user', `ana:${password}`, ...args])).stdout

  it('connects, and asks by the address, by a body, and by both', async () => {
    expect(await curl(`${sql}/ping`)).toBe('Ok.\n')
    expect(await curl('--get', '--data-urlencode', 'query=SELECT 1 AS one FORMAT JSONEachRow', sql)).toBe('{"one":1}\n')
    expect(await curl('--data-binary', 'SHOW TABLES', sql)).toBe('charts\ntag_weeks\ntrack_weeks\ntransition_weeks\n')
    const both = await curl('--data-binary', '{n:UInt8} + 1', `${sql}?query=SELECT%20&param_n=4&default_format=CSV`)
    expect(both).toBe('5\n')
  })

  it('streams a million rows, also compressed', async () => {
    const file = join(temporaryFolder(), 'numbers')
    const million = 'SELECT number FROM numbers(1000000) FORMAT TSV'
    await curl('--data-binary', million, '--output', file, sql)
    const plain = readFileSync(file)
    expect(plain.toString().trimEnd().split('\n')).toHaveLength(1_000_000)
    const asked = ['--header', 'Accept-Encoding: gzip', '--data-binary', million]
    await curl(...asked, '--output', file, `${sql}?enable_http_compression=1`)
    expect(gunzipSync(readFileSync(file)).equals(plain)).toBe(true)
  })

  it('gets errors as from a server', async () => {
    const status = ['--write-out', '%{http_code} %header{x-clickhouse-exception-code}']
    expect(await curl(...status, '--data-binary', 'SELECT nonsense', sql)).toMatch(/UNKNOWN_IDENTIFIER[\s\S]*404 47$/)
    expect(await curl(...status, '--data-binary', 'SELECT * FROM playlists.sessions', sql)).toMatch(
      /^Code: 497\. DB::Exception: [\s\S]*\(ACCESS_DENIED\)[\s\S]*403 497$/,
    )
    const nobody = await run('curl', ['--silent', ...status, '--user', 'ana:wrong', '--data-binary', 'SELECT 1', sql])
    expect(nobody.stdout).toMatch(/AUTHENTICATION_FAILED[\s\S]*(401|403) 516$/)
  })
})
