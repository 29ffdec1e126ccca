/**
 * `npm run kafka:topics -- [--partitions N] [--replication N]`: makes the topics on the brokers of the settings, and sets
 * those that are there to what [topics.ts](topics.ts) says.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { kafkaSettings, logSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { readKafkaConnection } from '#platform/kafka/kafka-connection.ts'
import { connectKafka } from './connect-kafka.ts'
import { makeTopics } from './make-topics.ts'
import { readWholeNumber } from './read-whole-number.ts'
import { PARTITIONS_MAX, REPLICATION_MAX } from './topics.ts'

const USAGE = 'Usage: npm run kafka:topics -- [--partitions N] [--replication N]'

const Settings = Type.Object({ ...kafkaSettings, ...logSettings })

function readOptions() {
  try {
    const { values } = parseArgs({ options: { partitions: { type: 'string' }, replication: { type: 'string' } } })
    return {
      partitions: readWholeNumber('--partitions', values.partitions, PARTITIONS_MAX),
      replication: readWholeNumber('--replication', values.replication, REPLICATION_MAX),
    }
  } catch (cause) {
    throw new TonearmError('config-invalid', `${cause instanceof Error ? cause.message : 'unusable'}. ${USAGE}`, cause)
  }
}

async function main(): Promise<void> {
  const options = readOptions()
  // Settings of the services that the topics do not need are none of its business.
  const given = Object.fromEntries(Object.keys(Settings.properties).map((name) => [name, process.env[name]]))
  const { config } = readConfig(Settings, given)
  const connection = readKafkaConnection(config)
  if (connection === undefined) throw new TonearmError('config-invalid', 'KAFKA_BROKERS: is not set')
  const changes = await makeTopics(connectKafka(connection), { ...options, retentionHours: config.LOG_RETENTION_HOURS })
  for (const [topic, change] of changes) console.log(`${topic}: ${change}`)
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : String(cause))
  process.exitCode = 2
})
