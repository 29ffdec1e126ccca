import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readKafkaConnection } from '#platform/kafka/kafka-connection.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestCertificate } from '../../support/test-certificate.ts'

const brokers = { KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9093', KAFKA_TLS: 'false' }
const signIn = {
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_USER: 'tonearm',
  KAFKA_PASSWORD: 'secret',
} as const

function fileOf(text: string): string {
  const file = join(temporaryFolder(), 'authorities.pem')
  writeFileSync(file, text)
  return file
}

describe('the brokers of the settings', () => {
  it('are none where none are set', () => {
    expect(readKafkaConnection({ KAFKA_TLS: 'false' })).toBeUndefined()
  })

  it('are reached without TLS and without signing in where nothing else is said', () => {
    expect(readKafkaConnection(brokers)).toEqual({ brokers: ['kafka-1:9092', 'kafka-2:9093'], tls: false })
  })

  it('are reached over TLS, by the authorities of the system', () => {
    expect(readKafkaConnection({ ...brokers, KAFKA_TLS: 'true' })?.tls).toBe(true)
  })

  it('are checked by the authorities of a file', () => {
    const { cert } = createTestCertificate()
    expect(readKafkaConnection({ ...brokers, KAFKA_TLS: fileOf(cert) })?.tls).toEqual({ ca: cert })
  })

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('are signed in to by %s', (mechanism) => {
    const settings = { ...brokers, ...signIn, KAFKA_SASL_MECHANISM: mechanism }
    expect(readKafkaConnection(settings)?.sasl).toEqual({ mechanism, username: 'tonearm', password: 'secret' })
  })

  it.each(['KAFKA_SASL_MECHANISM', 'KAFKA_USER', 'KAFKA_PASSWORD'])(
    'are refused where %s is missing beside the others, in one line that names it',
    (name) => {
      const settings = { ...brokers, ...signIn, [name]: undefined }
      const { [name]: _, ...given } = settings as typeof settings & Record<string, unknown>
      expect(() => readKafkaConnection({ ...brokers, ...given })).toThrow(new RegExp(`^${name}: [^\\n]+$`))
    },
  )

  it.each([
    '',
    'kafka',
    'kafka:',
    'kafka:0',
    'kafka:65536',
    'kafka:9092,',
    'kafka:9092;other:9092',
    'kafka://broker:9092',
    '[::1]:9092',
    'user@kafka:9092',
  ])('are refused in the form %j', (text) => {
    expect(() => readKafkaConnection({ ...brokers, KAFKA_BROKERS: text })).toThrow(/^KAFKA_BROKERS: /)
  })

  it('are refused with authorities that cannot be read, or that are no certificates', () => {
    for (const file of [join(temporaryFolder(), 'missing.pem'), fileOf('nothing'), fileOf('')]) {
      expect(() => readKafkaConnection({ ...brokers, KAFKA_TLS: file })).toThrow(/^KAFKA_TLS: /)
    }
  })

  it('are asked for where other settings of Kafka are given without them', () => {
    expect(() => readKafkaConnection({ KAFKA_TLS: 'true' })).toThrow(/^KAFKA_BROKERS: /)
    expect(() => readKafkaConnection({ KAFKA_TLS: 'false', ...signIn })).toThrow(/^KAFKA_BROKERS: /)
  })
})
