/**
 * A process that appends to the log of a folder until that fails, and says how it ended and how much was confirmed.
 * Started by embedded-crash.test.ts under a limit on the size of files, which a write meets as it meets a full disk.
 */
import { openEmbeddedEventLog } from '../../../services/platform/event-log/embedded-event-log.ts'

const [folder = ''] = process.argv.slice(2)
const log = openEmbeddedEventLog({ folder, clock: Date.now })
let confirmed = 0
try {
  for (; confirmed < 1_000; confirmed++) await log.append([{ owner: 'anna', payload: Buffer.alloc(100_000) }])
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : error
  const { endOffsets } = await log.identity()
  console.log(JSON.stringify({ confirmed, code, endOffset: endOffsets[0], lag: await log.lag('ingest') }))
}
await log.close()
