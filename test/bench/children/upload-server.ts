/**
 * The upload service alone, over a real log: what the service does with a request until its answer, and nothing that
 * comes later.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { devNull } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { createServer } from '#platform/http/server.ts'
import { createLocalVerifier, issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { createUploadRoutes } from '../../../services/upload/routes.ts'
import { answerCommands } from '../child-process.ts'
import { watchVitalSigns } from './vital-signs.ts'

const missing = () => Promise.reject(new Error('uploading sessions asks nothing of the store'))
// Lines are written as in service, but to nowhere.
const server = createServer({ logger: pino({ base: null }, pino.destination(devNull)) })
let log: EventLog | undefined

const commands = {
  vitalSigns: watchVitalSigns(),
  async listen(folder: string): Promise<{ readonly address: string; readonly token: string }> {
    log = openEmbeddedEventLog({ folder: join(folder, 'log'), clock: Date.now })
    const key = await readLocalKey(folder)
    await server.register(
      createUploadRoutes({
        log,
        // Only the routes of a single session ask the store.
        store: { client: undefined as never, rows: missing, lines: missing, run: missing, insert: missing },
        pseudonyms: createPseudonyms(randomBytes(32)),
        verifyToken: await createLocalVerifier(key),
        clock: Date.now,
        uploadsPerMinute: Number.MAX_SAFE_INTEGER,
        closedAccounts: { reasonOf: async () => undefined },
      }),
    )
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    return { address, token: await issueToken(key, 'bench', ['dj']) }
  },
}
export type UploadServerCommands = typeof commands

answerCommands(commands, async () => {
  await server.close()
  await log?.close()
})
