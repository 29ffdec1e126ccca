/**
 * `npm run clickhouse:dev -- [--folder F] [--port P] [--password P] [--analyst-password P]`: ClickHouse's HTTP interface over
 * chDB, for tests and for laptops where no server is at hand.
 *
 * For development only. It is one process with one user, who may do everything, and with `--analyst-password` a second one,
 * `analyst`, who may do what analysts may in the embedded store; there is no cluster, no replica and no
 * quota, sessions and ClickHouse's own compression of blocks are refused, and results that are not in lines lie in a file
 * before they are sent.
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openChdbEngine } from '#platform/clickhouse-http/chdb-engine.ts'
import { ClickhouseException } from '#platform/clickhouse-http/exception.ts'
import { handleClickhouseRequest } from '#platform/clickhouse-http/handle-request.ts'
import { createCloseStack } from '#platform/process/close-stack.ts'
import { openOwnAnalystEngine } from '#platform/process/open-analyst-engine.ts'
import { memorySettings } from '#platform/store/engine-settings.ts'
import { rolesFile } from '#platform/store/roles-file.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: './data/clickhouse' },
    port: { type: 'string', default: '8123' },
    password: { type: 'string', default: '' },
    'analyst-password': { type: 'string' },
  },
})

/** Threads of Node.js that wait for statements; the script in package.json asks for more than the four that are usual. */
const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
/** Some have to be left for files and compression. */
const statementsMax = Math.max(1, Math.floor((threads * 2) / 3))

const analystPassword = values['analyst-password']
const engine = openChdbEngine({
  folder: values.folder,
  statementsMax,
  // As at a server that runs in UTC; an insert is in its table when it is confirmed, and no statement takes all memory.
  settings: { session_timezone: 'UTC', async_insert: '0', ...memorySettings },
  // Users and roles are those of the first connection in a process.
  connectionArgs: analystPassword === undefined ? [] : [`--config-file=${rolesFile}`],
})
const opened = createCloseStack(console)
const analysts =
  analystPassword === undefined
    ? undefined
    : openOwnAnalystEngine(
        { folder: values.folder, files: join(values.folder, 'analysts-files'), limits: {}, role: 'analyst_account' },
        opened,
      )

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))
const server = createServer((request, response) => {
  // A connection that was at work when the server was told to end is idle only after its answer.
  response.once('close', () => isEnding && setImmediate(() => server.closeIdleConnections()))
  void handleClickhouseRequest(request, response, {
    async openEngine({ user, password }) {
      if (user === 'analyst' && analysts !== undefined && isSame(password, analystPassword ?? ''))
        return analysts.engine
      const isPlain = user !== 'analyst' || analysts === undefined
      if (isPlain && isSame(password, values.password)) return engine
      throw new ClickhouseException(
        'AUTHENTICATION_FAILED',
        'Authentication failed: password is incorrect, or there is no user with such name.',
      )
    },
  })
})
// A statement may run for as long as it has to, and rows may come slowly.
server.requestTimeout = 0
server.keepAliveTimeout = 30_000

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : values.port
  console.log(`ClickHouse (chDB, for development) serves at http://127.0.0.1:${port}`)
})

let isEnding = false
/** Statements under way come to their ends, and their clients hear of it. */
function end(): void {
  if (isEnding) return
  isEnding = true
  server.close(async () => {
    await opened.closeAll()
    await engine.close()
    process.exit(0)
  })
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
