/**
 * A process that appends to the log of a folder until somebody kills it, and says on standard output what was confirmed:
 * one line for each request, with the offsets of its three events. Started by embedded-crash.test.ts.
 */
import { writeSync } from 'node:fs'
import { openEmbeddedEventLog } from '../../../services/platform/event-log/embedded-event-log.ts'

const [folder = '', run = ''] = process.argv.slice(2)
const log = openEmbeddedEventLog({ folder, clock: Date.now })

async function appendForEver(owner: string): Promise<void> {
  for (let request = 0; ; request++) {
    const positions = await log.append(
      [0, 1, 2].map((index) => ({ owner, payload: Buffer.from(`${run}/${owner}/${request}/${index}`.padEnd(3_000)) })),
    )
    // Synchronous: a line that stands here was confirmed before the kill.
    writeSync(1, `${owner} ${request} ${positions.map(({ offset }) => offset).join(' ')}\n`)
  }
}

await Promise.all(['anna', 'bert', 'cleo', 'dora'].map(appendForEver))
