/**
 * A client of the brokers that the settings name.
 * @module
 */
import { readFileSync } from 'node:fs'
import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs'
import Type, { type Static } from 'typebox'
import { kafkaSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'

const Settings = Type.Object({ ...kafkaSettings })

/** Nothing is connected before its first use. @throws TonearmError `config-invalid` for settings that do not go together. */
export function connectKafka(settings: Static<typeof Settings>): Kafka {
  if (settings.KAFKA_BROKERS === undefined) throw new TonearmError('config-invalid', 'KAFKA_BROKERS: is not set')
  const sasl = signIn(settings)
  return new Kafka({
    clientId: 'tonearm-topics',
    brokers: settings.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    ssl: tls(settings.KAFKA_TLS),
    ...(sasl === undefined ? {} : { sasl }),
    retry: { retries: 3 },
    // What goes wrong is in the error; lines beside it would say it a second time.
    logLevel: logLevel.NOTHING,
  })
}

function tls(setting: string): NonNullable<KafkaConfig['ssl']> {
  if (setting === 'true' || setting === 'false') return setting === 'true'
  try {
    return { ca: [readFileSync(setting, 'utf8')] }
  } catch (cause) {
    throw new TonearmError('config-invalid', 'KAFKA_TLS: the file cannot be read', cause)
  }
}

function signIn(settings: Static<typeof Settings>): SASLOptions | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USER: username, KAFKA_PASSWORD: password } = settings
  if (mechanism === undefined) return undefined
  if (username === undefined || password === undefined) {
    throw new TonearmError('config-invalid', 'KAFKA_SASL_MECHANISM: wants KAFKA_USER and KAFKA_PASSWORD beside it')
  }
  // kafkajs has a type for each mechanism, and TypeScript does not spread this one over them.
  return { mechanism, username, password } as SASLOptions
}
