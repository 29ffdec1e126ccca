/**
 * `npm run keys -- rotate`: makes a new version of the contributor key, gives everything its new pseudonym and destroys the
 * old version; by the service that runs on `DATA_DIR`, or by this process where none does. Where the store is a ClickHouse server,
 * while no ingest runs.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import Type from 'typebox'
import Value from 'typebox/value'
import { callControl } from '#platform/control/call-control.ts'
import { lockFolder } from '#platform/data-folder/lock.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { createJobTurns } from '#platform/scheduling/mutex.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { checkMasterKey } from '#platform/store/key-check.ts'
import { migrate } from '#platform/store/migrate.ts'
import {
  createRotation,
  finishRotation,
  type RotationProgress,
  type RotationResult,
} from '../../privacy/rotation/rotate-contributor-key.ts'
import { readStandaloneConfig, type StandaloneConfig } from '../standalone-config.ts'
import { rotateShared } from './rotate-shared.ts'

const USAGE = 'Usage: npm run keys -- rotate'

async function main(): Promise<void> {
  if (process.argv.length !== 3 || process.argv[2] !== 'rotate') {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const { config } = readStandaloneConfig(process.env)
  const tell = createTeller()
  const answer = await callControl(config.DATA_DIR, 'rotate', {}, tell)
  const rotate = config.CLICKHOUSE_URL === undefined ? rotateFolder : rotateShared
  const { keyVersion, pausedMs } = answer.isRunning ? toResult(answer.result) : await rotate(config, tell)
  console.log(
    `Contributors have new pseudonyms, under version ${keyVersion} of their key; the old version is destroyed.`,
  )
  if (answer.isRunning) console.log(`Ingest and charts paused for ${(pausedMs / 1000).toFixed(1)} s; uploads went on.`)
}

/** A line a step, on standard error; the counts within one stay untold. */
function createTeller(): RotationProgress {
  let told = ''
  return ({ step, table }) => {
    const line = table === undefined ? `${step}` : `${step} ${table}`
    if (line !== told) console.error(line)
    told = line
  }
}

const Result = Type.Object({ keyVersion: Type.Integer(), pausedMs: Type.Number() })

/** A running service may be of another version. */
function toResult(result: unknown): RotationResult {
  if (Value.Check(Result, result)) return result
  throw new TonearmError('command-failed', 'the running service answered something else than a rotation')
}

/** While nobody has the data folder open. */
async function rotateFolder(config: StandaloneConfig, progress: RotationProgress): Promise<RotationResult> {
  const { DATA_DIR: dataDir } = config
  if (!existsSync(join(dataDir, 'store'))) {
    throw new TonearmError('config-invalid', `DATA_DIR: no service has run on ${dataDir} yet`)
  }
  const unlock = lockFolder(dataDir)
  try {
    const file = config.MASTER_KEY_FILE ?? join(dataDir, 'keys', 'master.key')
    const pseudonyms = createPseudonyms(readMasterKey({ masterKey: config.MASTER_KEY, file, mayCreate: false }))
    const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
    try {
      const clock = Date.now
      await migrate(store, clock)
      await checkMasterKey(store.connect('migrate'), pseudonyms.keyCheck, clock)
      const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
      const keys = { store: store.connect('rotation'), pseudonyms, clock, randomBytes }
      await finishRotation(keys)
      return await createRotation({ ...keys, turns: createJobTurns(), logger })(progress)
    } finally {
      await store.close()
    }
  } finally {
    unlock()
  }
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause)
  process.exitCode = 1
})
