/**
 * `npm run kafka:dev`: a broker of Apache Kafka on this machine, with the topics, for development and tests.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { logSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { connectKafka } from '../connect-kafka.ts'
import { makeTopics } from '../make-topics.ts'
import { readWholeNumber } from '../read-whole-number.ts'
import { PARTITIONS_MAX } from '../topics.ts'
import { prepareKafkaArtifacts } from './kafka-artifacts.ts'
import { startBroker } from './start-broker.ts'

const USAGE =
  'Usage: npm run kafka:dev -- [--folder F] [--port P] [--partitions N] [--no-topics] [--cache F] | --prepare [--cache F]'

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
        folder: { type: 'string', default: './data/kafka' },
        port: { type: 'string' },
        partitions: { type: 'string' },
        'no-topics': { type: 'boolean', default: false },
        prepare: { type: 'boolean', default: false },
        cache: { type: 'string' },
      },
    })
    return {
      folder: values.folder,
      port: values.port === '0' ? undefined : readWholeNumber('--port', values.port, 65_535),
      partitions: readWholeNumber('--partitions', values.partitions, PARTITIONS_MAX),
      topics: !values['no-topics'],
      prepare: values.prepare,
      cache: values.cache,
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unusable options'
    throw new TonearmError('config-invalid', `${reason}. ${USAGE}`, cause)
  }
}

async function main(): Promise<void> {
  const { folder, port, partitions, topics, prepare, cache } = readOptions()
  const given = { LOG_RETENTION_HOURS: process.env['LOG_RETENTION_HOURS'] }
  const retentionHours = readConfig(Type.Object({ ...logSettings }), given).config.LOG_RETENTION_HOURS
  const artifacts = await prepareKafkaArtifacts(cache)
  if (prepare) return
  const broker = await startBroker({ ...artifacts, folder, port, onOutput: (text) => process.stderr.write(text) })
  let isEnding = false
  const end = () => {
    isEnding = true
    void broker.stop()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  try {
    const kafka = connectKafka({ brokers: [broker.address], tls: false })
    if (topics) await makeTopics(kafka, { retentionHours, partitions })
    console.log(`Kafka serves at ${broker.address}`)
    const how = await broker.ended
    if (!isEnding) throw new TonearmError('log-unavailable', `the broker ended with ${how}`)
  } catch (cause) {
    await broker.stop()
    if (!isEnding) throw cause
  }
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : String(cause))
  process.exitCode = 2
})
