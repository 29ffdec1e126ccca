/**
 * How the brokers are reached, out of the settings `KAFKA_*`.
 * @module
 */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { TonearmError } from '../errors/tonearm-error.ts'

export interface KafkaSettings {
  readonly KAFKA_BROKERS?: string
  /** `true`, `false`, or the file of the authorities. */
  readonly KAFKA_TLS: string
  readonly KAFKA_SASL_MECHANISM?: Mechanism
  readonly KAFKA_USER?: string
  readonly KAFKA_PASSWORD?: string
}

type Mechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512'

/** One type for each mechanism, as kafkajs has it. */
export type KafkaSignIn = {
  readonly [M in Mechanism]: { readonly mechanism: M; readonly username: string; readonly password: string }
}[Mechanism]

export interface KafkaConnection {
  /** `host:port`; where a client begins, the brokers name the others. */
  readonly brokers: readonly string[]
  /** Whether over TLS; authorities (PEM) where they are not those of the system. */
  readonly tls: boolean | { readonly ca: string }
  readonly sasl?: KafkaSignIn
}

/** kafkajs divides at the first colon, so an IPv6 address cannot be given. */
const BROKER = /^[^\s:/@]+:\d{1,5}$/

/**
 * The brokers of the settings; `undefined` where none are set, for the log is embedded then.
 *
 * @throws TonearmError `config-invalid`, naming the setting.
 */
export function readKafkaConnection(settings: KafkaSettings): KafkaConnection | undefined {
  const sasl = readSignIn(settings)
  const tls = readTls(settings.KAFKA_TLS)
  if (settings.KAFKA_BROKERS === undefined) {
    // Somebody who names a user or a certificate means brokers, and would get the log of this process.
    if (sasl !== undefined || tls !== false)
      throw invalid('KAFKA_BROKERS', 'missing, though other settings of Kafka are given')
    return undefined
  }
  const connection = { brokers: readBrokers(settings.KAFKA_BROKERS), tls }
  return sasl === undefined ? connection : { ...connection, sasl }
}

function readBrokers(text: string): string[] {
  const brokers = text.split(',').map((part) => part.trim())
  for (const broker of brokers) {
    const port = Number(broker.slice(broker.indexOf(':') + 1))
    if (!BROKER.test(broker) || port < 1 || port > 65_535) {
      throw invalid(
        'KAFKA_BROKERS',
        'must be `host:port`, several separated by commas; in place of an IPv6 address, a name',
      )
    }
  }
  return brokers
}

function readTls(text: string): KafkaConnection['tls'] {
  if (text === 'true' || text === 'false') return text === 'true'
  let ca: string
  try {
    ca = readFileSync(text, 'utf8')
  } catch (cause) {
    throw invalid('KAFKA_TLS', 'neither `true` nor `false`, nor a file that can be read', cause)
  }
  try {
    // OpenSSL takes a file without any certificate for an empty list, and then trusts nobody, which shows much later.
    new X509Certificate(ca)
  } catch (cause) {
    throw invalid('KAFKA_TLS', 'the file holds no certificate in PEM', cause)
  }
  return { ca }
}

/** The three together or none: half of them is a slip, and signing in as nobody would be refused in words nobody understands. */
function readSignIn(settings: KafkaSettings): KafkaSignIn | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USER: username, KAFKA_PASSWORD: password } = settings
  if (mechanism === undefined && username === undefined && password === undefined) return undefined
  if (mechanism === undefined) throw apart('KAFKA_SASL_MECHANISM')
  if (username === undefined) throw apart('KAFKA_USER')
  if (password === undefined) throw apart('KAFKA_PASSWORD')
  return { mechanism, username, password }
}

function apart(name: string): TonearmError {
  return invalid(name, 'KAFKA_SASL_MECHANISM, KAFKA_USER and KAFKA_PASSWORD go together')
}

function invalid(name: string, detail: string, cause?: unknown): TonearmError {
  return new TonearmError('config-invalid', `${name}: ${detail}`, cause)
}
