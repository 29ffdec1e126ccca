import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createApiClient } from '../support/api-client.ts'
import { newDataDir, runProgram, startServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const main = 'services/standalone/main.ts'

const masterKey = Buffer.alloc(32, 7).toString('base64')

it.each([
  ['PORT', 'eighty'],
  ['CHART_MIN_DJS', '4.5'],
  ['CHARTS_CRON', 'every day'],
  ['MASTER_KEY', 'short'],
  ['MASTER_KEY_FILE', 'nowhere/master.key'],
  ['CHART_MINIMUM_DJS', '3'],
  ['KAFKA_BROKERS', 'nowhere:port'],
  ['KAFKA_TLS', 'nowhere/ca.pem'],
  ['CLICKHOUSE_URL', 'not an address'],
  ['OIDC_ISSUER', 'http://identity.example'],
])('does not start with %s=%s, and says in one line that it is that setting', async (name, value) => {
  const ended = await runProgram(main, [], { DATA_DIR: newDataDir(), PORT: '0', [name]: value })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(new RegExp(`^config-invalid: ${name}: [^\\n]+\\n$`))
  expect(ended.stderr).not.toContain(value)
})

it('does not start with an argument that it does not know', async () => {
  const ended = await runProgram(main, ['--frobnicate'], { DATA_DIR: newDataDir(), PORT: '0' })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^config-invalid: [^\n]*--frobnicate[^\n]*\n$/)
})

it('says in one line that its port is taken', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const ended = await runProgram(main, [], { DATA_DIR: newDataDir(), PORT: port })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(new RegExp(`^config-invalid: HOST or PORT: [^\\n]*${port}\\n$`))
})

it('says in one line that its data folder cannot be one', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  const ended = await runProgram(main, [], { DATA_DIR: file, PORT: '0' })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^log-unavailable: [^\n]+\n$/)
  expect(ended.stderr).toContain(file)
})

it('prints every setting with its source, secrets masked, and starts nothing', async () => {
  const dataDir = newDataDir()
  const settings = { DATA_DIR: dataDir, MASTER_KEY: masterKey, CHART_MIN_DJS: '7' }
  const { status, stdout, stderr } = await runProgram(main, ['--check-config'], settings)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trimEnd().split('\n')).toEqual([
    'HOST=127.0.0.1 (default)',
    'PORT=8080 (default)',
    'LOG_LEVEL=info (default)',
    'TLS_CERT= (not set)',
    'TLS_KEY= (not set)',
    'AUTH_JWKS_URL= (not set)',
    'AUTH_ISSUER= (not set)',
    'AUTH_AUDIENCE= (not set)',
    'PUBLIC_URL= (not set)',
    'OIDC_ISSUER= (not set)',
    'OIDC_CLIENT_ID= (not set)',
    'OIDC_CLIENT_SECRET= (not set)',
    `DATA_DIR=${dataDir} (environment)`,
    'MASTER_KEY=******** (environment)',
    'MASTER_KEY_FILE= (not set)',
    'LOG_RETENTION_HOURS=72 (default)',
    'KAFKA_BROKERS= (not set)',
    'KAFKA_TLS=false (default)',
    'KAFKA_SASL_MECHANISM= (not set)',
    'KAFKA_USER= (not set)',
    'KAFKA_PASSWORD= (not set)',
    'CLICKHOUSE_URL= (not set)',
    'CLICKHOUSE_USER=default (default)',
    'CLICKHOUSE_PASSWORD= (not set)',
    'CLICKHOUSE_CLUSTER= (not set)',
    'UPLOADS_PER_MINUTE=600 (default)',
    'CHARTS_CRON=*/5 * * * * (default)',
    'CHART_MIN_DJS=7 (environment)',
    'CHART_MIN_CHANGED_DJS= (not set)',
    'TAKE_BACK_HOURS_MAX=24 (default)',
    'CHART_PLAYS_PER_DJ=10 (default)',
    'CHART_FINAL_AFTER_DAYS=7 (default)',
    'ANALYTICS_MIN_DJS=5 (default)',
    'ANALYTICS_EPSILON= (not set)',
    'ANALYTICS_SECONDS_MAX=30 (default)',
    'RETENTION_CRON=30 3 * * * (default)',
    'SESSION_RETENTION_MONTHS=36 (default)',
    'AUDIT_RETENTION_DAYS=365 (default)',
    'BACKUP_KEY= (not set)',
    'BACKUP_KEY_FILE= (not set)',
    'BACKUP_RETENTION_DAYS=30 (default)',
    'ERASURE_LEDGER= (not set)',
  ])
})

it('prints a token that the server of the same data folder takes, and no other', async () => {
  const server = await startServer()
  const print = (args: readonly string[], dataDir: string) =>
    runProgram('services/standalone/token.ts', args, { DATA_DIR: dataDir })

  const own = await print(['--sub', 'ana'], server.dataDir)
  expect(own).toMatchObject({ status: 0, stderr: '' })
  const dj = createApiClient(server.address, own.stdout.trim())
  expect((await dj.get('/v1/me/profile')).status).toBe(200)

  const analyst = await print(['--sub', 'ana', '--scope', 'analyst'], server.dataDir)
  expect((await createApiClient(server.address, analyst.stdout.trim()).get('/v1/me/profile')).status).toBe(403)

  const strange = await print(['--sub', 'ana'], newDataDir())
  expect((await createApiClient(server.address, strange.stdout.trim()).get('/v1/me/profile')).status).toBe(401)
})

it.each([[[]], [['--sub', '']], [['--sub', 'ana', '--scope', 'king']], [['--nobody']]])(
  'prints no token for %j, but how the command is used',
  async (args) => {
    const ended = await runProgram('services/standalone/token.ts', args, { DATA_DIR: newDataDir() })
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toContain('--sub NAME [--scope dj|analyst|admin]')
  },
)
