/**
 * The demo in one process: the whole service with what generated DJs played over some weeks, charts and analysts' tables built.
 * @module
 */
import { devNull } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { Store } from '#platform/store/store.ts'
import { type RunningDemo, startDemo } from '../../../services/standalone/demo/start-demo.ts'
import { answerCommands } from '../child-process.ts'

const SEED = 20_260_213
/** Of the demo: 260 DJs play about 70,000 tracks in twelve weeks. */
const PLAYS_PER_DJ_AND_WEEK = 22.5
const silent = { stage: () => undefined, update: () => undefined, stop: () => undefined }

let demo: RunningDemo | undefined
let store: Store | undefined

const commands = {
  /** Starts it with about so many plays; resolves when everything is built. */
  async start(
    plays: number,
    weeks: number,
  ): Promise<{ readonly address: string; readonly token: string; readonly plays: number }> {
    demo = await startDemo({
      environment: { PORT: '0' },
      seed: SEED,
      djs: Math.max(20, Math.round(plays / (PLAYS_PER_DJ_AND_WEEK * weeks))),
      weeks,
      clock: Date.now,
      logger: pino({ base: null }, pino.destination(devNull)),
      progress: silent,
      signal: new AbortController().signal,
    })
    await demo.findInteresting()
    store = openEmbeddedStore({ folder: join(demo.folder, 'store') })
    const token = await issueToken(await readLocalKey(demo.folder), 'analyst', ['analyst'])
    return { address: demo.address, token, plays: demo.uploaded.plays }
  },

  /** Milliseconds that the engine takes for a query, its answer as JSON lines, and how many those are. */
  async timeInEngine(sql: string): Promise<{ readonly ms: number; readonly rows: number }> {
    if (store === undefined) throw new Error('the demo does not run')
    const startedAt = performance.now()
    const answer = await store.connect('audit').client.query({ query: sql, format: 'JSONEachRow' })
    const text = await answer.text()
    return { ms: performance.now() - startedAt, rows: text.split('\n').length - 1 }
  },
}
export type DemoCommands = typeof commands

answerCommands(commands, async () => {
  await store?.close()
  await demo?.close()
})
