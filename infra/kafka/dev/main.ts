/**
 * `npm run kafka:dev`: a broker of Apache Kafka on this machine, with the topics, for development and tests.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { logSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { prepareKafkaArtifacts } from './kafka-artifacts.ts'
import { makeTopics } from './make-topics.ts'
import { startBroker } from './start-broker.ts'

const USAGE =
  'Usage: npm run kafka:dev -- [--folder F] [--port P] [--partitions N] [--no-topics] [--cache F] | --prepare [--cache F]'

const PARTITIONS_MAX = 1_000

interface Options {
  readonly folder: string
  readonly port: number | undefined
  readonly partitions: number | undefined
  readonly topics: boolean
  readonly prepare: boolean
  readonly cache: string | undefined
}

/** Throws `config-invalid` in one line that names the option. */
function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        folder: { type: 'string', default: 'kafka-data' },
        port: { type: 'string' },
        partitions: { type: 'string' },
        'no-topics': { type: 'boolean', default: false },
        prepare: { type: 'boolean', default: false },
        cache: { type: 'string' },
      },
    })
    return {
      folder: values.folder,
      port: values.port === '0' ? undefined : wholeNumber('--port', values.port, 65_535),
      partitions: wholeNumber('--partitions', values.partitions, PARTITIONS_MAX),
      topics: !values['no-topics'],
      prepare: values.prepare,
      cache: values.cache,
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unusable options'
    throw new TonearmError('config-invalid', `${reason}. ${USAGE}`, cause)
  }
}

function wholeNumber(option: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d{1,9}$/.test(text) || value < 1 || value > max) {
    throw new Error(`${option}: a whole number between 1 and ${max}`)
  }
  return value
}

async function main(): Promise<void> {
  const { folder, port, partitions, topics, prepare, cache } = readOptions()
  const { config } = readConfig(Type.Object({ ...logSettings }), {
    LOG_RETENTION_HOURS: process.env['LOG_RETENTION_HOURS'],
  })
  const artifacts = await prepareKafkaArtifacts(cache)
  if (prepare) return
  const broker = await startBroker({
    artifacts,
    folder,
    ...(port === undefined ? {} : { port }),
    onOutput: (text) => process.stderr.write(text),
  })
  let isEnding = false
  const end = () => {
    isEnding = true
    void broker.stop()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  if (topics) {
    await makeTopics(broker.address, { retentionHours: config.LOG_RETENTION_HOURS, partitions }).catch(
      async (cause: unknown) => {
        await broker.stop()
        throw cause
      },
    )
  }
  console.log(`Kafka serves at ${broker.address}`)
  const how = await broker.ended
  if (!isEnding) throw new TonearmError('log-unavailable', `the broker ended with ${how}`)
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : String(cause))
  process.exitCode = 2
})
