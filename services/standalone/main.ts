/**
 * `npm start`: everything in one process.
 * @module
 */
import { parseArgs } from 'node:util'
import pino from 'pino'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { readStandaloneConfig } from './standalone-config.ts'
import { startStandalone } from './start-standalone.ts'

/** After this long an orderly end is given up: nothing is lost by it, for the log has all that was accepted. */
const DRAIN_MS_MAX = 9_000

/** Throws `config-invalid` in one line that names the argument. */
function readArguments() {
  try {
    const options = { 'check-config': { type: 'boolean' }, 'accept-new-log': { type: 'boolean' } } as const
    return parseArgs({ options }).values
  } catch (cause) {
    throw new TonearmError('config-invalid', cause instanceof Error ? cause.message : 'unusable arguments', cause)
  }
}

async function main(): Promise<void> {
  const values = readArguments()
  const { config, report } = readStandaloneConfig(process.env)
  if (values['check-config'] === true) {
    for (const { name, value, source } of report) console.log(`${name}=${value ?? ''} (${source})`)
    return
  }
  // Log lines go to standard error, so that standard output holds what people read.
  const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
  const running = await startStandalone(config, { logger, acceptNewLog: values['accept-new-log'] === true })

  const end = (status: number) => {
    setTimeout(() => {
      logger.warn('the end took too long: not everything was closed')
      // Leaving in order would wait for the statement that the engine is in. Nothing is lost by not waiting.
      process.kill(process.pid, 'SIGKILL')
    }, DRAIN_MS_MAX).unref()
    running.close().then(
      () => process.exit(status),
      () => process.exit(1),
    )
  }
  // By itself Node.js would print the message of the error, which may quote what was being worked on.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.once(event, (cause: unknown) => {
      logger.fatal({ error: cause }, 'a defect ends the process')
      end(1)
    })
  }
  process.once('SIGTERM', () => end(0))
  process.once('SIGINT', () => end(0))
  running.ingest.catch((cause: unknown) => {
    logger.fatal({ code: cause instanceof TonearmError ? cause.code : 'defect', error: cause }, 'ingest broke')
    end(1)
  })
  console.log(`Tonearm serves at ${running.address}`)
}

main().catch((cause: unknown) => {
  const line = cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause
  console.error(line)
  process.exit(1)
})
