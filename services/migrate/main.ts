/**
 * `npm run migrate`: brings the tables of a ClickHouse server up to date, with an account that may make them. Ingest does it at
 * its start where its own account may.
 * @module
 */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import Type from 'typebox'
import { clickhouseSettings, serverSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { createCloseStack } from '#platform/process/close-stack.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { patiently } from '#platform/process/patiently.ts'
import { readServiceConfig } from '#platform/process/service-config.ts'
import { migrateAlone } from '#platform/store/migrate-alone.ts'

const MigrateConfig = Type.Object({ LOG_LEVEL: serverSettings.LOG_LEVEL, ...clickhouseSettings })

async function main(): Promise<void> {
  const { config } = readServiceConfig(MigrateConfig)
  const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
  const opened = createCloseStack(logger)
  const ending = new AbortController()
  process.once('SIGTERM', () => ending.abort())
  process.once('SIGINT', () => ending.abort())
  const connections = openServiceStore(config, opened)
  try {
    const migrate = () =>
      migrateAlone({ connections, holder: randomUUID(), clock: Date.now, ending: ending.signal }, async () => undefined)
    await patiently(migrate, {
      signal: ending.signal,
      onWait: (code, error) => logger.warn({ code, error }, 'the service waits for a dependency'),
    })
    console.log('The tables are those of this version.')
  } finally {
    await opened.closeAll()
  }
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause)
  process.exitCode = 1
})
