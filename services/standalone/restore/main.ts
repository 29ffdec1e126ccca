/**
 * `npm run restore -- FOLDER`: restores a backup into the new data folder `DATA_DIR`.
 * @module
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { createByteProgress } from '../backup/byte-progress.ts'
import { refuseServers } from '../backup/refuse-servers.ts'
import { readStandaloneConfig } from '../standalone-config.ts'
import { runRestore } from './run-restore.ts'

const USAGE = 'Usage: npm run restore -- FOLDER [--keys FOLDER] [--ledger FILE | --no-ledger]'

interface Arguments {
  readonly folder: string
  readonly keysFolder: string | undefined
  readonly ledger: string | 'none' | undefined
}

async function main(): Promise<void> {
  const given = readArguments()
  if (given === undefined) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const { config } = readStandaloneConfig(process.env)
  refuseServers(config)
  const progress = createByteProgress(process.stderr)
  const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
  try {
    const restored = await runRestore({ ...given, config, logger, clock: Date.now, onProgress: progress.update })
    progress.stop()
    const { backup, madeAt, erasuresApplied } = restored
    console.log(`Restored ${backup}, made ${madeAt}, into ${resolve(config.DATA_DIR)}`)
    console.log(`Erasures since then that were applied again: ${erasuresApplied}`)
  } finally {
    progress.stop()
  }
}

function readArguments(): Arguments | undefined {
  try {
    const options = {
      keys: { type: 'string' },
      ledger: { type: 'string' },
      'no-ledger': { type: 'boolean', default: false },
    } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [folder] = positionals
    if (folder === undefined || folder === '' || positionals.length > 1) return undefined
    if (values['no-ledger'] && values.ledger !== undefined) return undefined
    const named = values.ledger === undefined ? undefined : resolve(values.ledger)
    return {
      folder: resolve(folder),
      keysFolder: values.keys === undefined ? undefined : resolve(values.keys),
      ledger: values['no-ledger'] ? 'none' : named,
    }
  } catch {
    return undefined
  }
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause)
  process.exitCode = 1
})
