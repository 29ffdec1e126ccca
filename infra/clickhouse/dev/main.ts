/**
 * `npm run clickhouse:dev -- [--folder F] [--port P] [--password P]`: ClickHouse's HTTP interface over chDB, for tests and
 * for laptops where no server is at hand.
 *
 * For development only. It is one process with one user, who may do everything; there is no cluster, no replica and no
 * quota, sessions and ClickHouse's own compression of blocks are refused, and results that are not in lines lie in a file
 * before they are sent.
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { openChdbEngine } from '#platform/clickhouse-http/chdb-engine.ts'
import { ClickhouseException } from '#platform/clickhouse-http/exception.ts'
import { handleClickhouseRequest } from '#platform/clickhouse-http/handle-request.ts'
import { memorySettings } from '#platform/store/engine-settings.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: './data/clickhouse' },
    port: { type: 'string', default: '8123' },
    password: { type: 'string', default: '' },
  },
})

/** Threads of Node.js that wait for statements; the script in package.json asks for more than the four that are usual. */
const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)
/** Some have to be left for files and compression. */
const statementsMax = Math.max(1, Math.floor((threads * 2) / 3))

const engine = openChdbEngine({
  folder: values.folder,
  statementsMax,
  // As at a server that runs in UTC; an insert is in its table when it is confirmed, and no statement takes all memory.
  settings: { session_timezone: 'UTC', async_insert: '0', ...memorySettings },
})

const digest = (text: string) => createHash('sha256').update(text).digest()
const server = createServer((request, response) => {
  // A connection that was at work when the server was told to end is idle only after its answer.
  response.once('close', () => isEnding && setImmediate(() => server.closeIdleConnections()))
  void handleClickhouseRequest(request, response, {
    async openEngine({ password }) {
      if (timingSafeEqual(digest(password), digest(values.password))) return engine
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
  server.close(() => void engine.close().then(() => process.exit(0)))
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
