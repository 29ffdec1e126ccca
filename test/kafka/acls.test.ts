import kafkajs from 'kafkajs'
import { pino } from 'pino'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import { openKafkaErasureLedger } from '#platform/ledger/kafka-erasure-ledger.ts'
import { acls, type KafkaAccount } from '../../infra/kafka/acls/acls.ts'
import { applyAcls } from '../../infra/kafka/acls/apply-acls.ts'
import { ensureTopics } from '../../infra/kafka/ensure-topics.ts'
import { topics } from '../../infra/kafka/topics.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'
import { type SecuredBroker, startSecuredBroker } from './start-secured-broker.ts'

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs
const OWNER = 'owner-of-the-test'
const BUSY_MS = 60_000

describe.skipIf(without('kafka'))('an account at the brokers', () => {
  let broker: SecuredBroker

  beforeAll(async () => {
    broker = await startSecuredBroker()
    const admin = broker.kafka('admin').admin()
    await admin.connect()
    await ensureTopics(admin, topics({ partitions: 3, replication: 1, retentionHours: 72 }))
    expect(await applyAcls(admin, acls)).toMatchObject({ taken: 0 })
    await admin.disconnect()
  })

  const optionsOf = (account: KafkaAccount) => ({
    brokers: [broker.address],
    tls: false,
    sasl: broker.signIn(account),
    clientId: 'tonearm-test',
    logger: pino({ level: 'silent' }),
  })

  function open(account: KafkaAccount): EventLog {
    const log = openKafkaEventLog({ ...optionsOf(account), clock: Date.now })
    onTestFinished(() => log.close())
    return log
  }

  function openLedger(account: KafkaAccount): ErasureLedger {
    const ledger = openKafkaErasureLedger(optionsOf(account))
    onTestFinished(() => ledger.close())
    return ledger
  }

  /** What the brokers say to a call, through the errors around it. */
  async function refusalOf(call: Promise<unknown>): Promise<string> {
    const messageOf = (cause: unknown): string =>
      cause instanceof Error ? `${cause.message} ${messageOf(cause.cause)}` : ''
    return await call.then(() => 'done', messageOf)
  }

  const event = (text: string) => ({ owner: OWNER, payload: Buffer.from(text) })
  const refused = /not authorized|authorization|AUTHORIZATION/i

  it('does with the log what its service does', async () => {
    const [upload, ingest, account, privacy] = (['upload', 'ingest', 'account', 'privacy'] as const).map(open)
    if (!upload || !ingest || !account || !privacy) throw new Error('four logs were opened')
    for (const log of [upload, account, privacy]) expect((await log.identity()).endOffsets).toHaveLength(3)
    await upload.append([event('uploaded'), event('uploaded too')])
    await account.append([event('chosen')])
    // After a restore.
    await privacy.append([event('erased again')])

    const records: LogRecord[] = []
    const stop = new AbortController()
    const consuming = ingest.consume('ingest', async (batch) => void records.push(...batch.records), stop.signal)
    await waitFor('four events', () => records.length === 4, BUSY_MS)
    const [first] = records
    if (first === undefined) throw new Error('there are four')
    await ingest.deadLetter(first, 'unreadable', 'of the test')
    await waitFor('no lag', async () => (await ingest.lag('ingest')) === 0, BUSY_MS)
    expect(await account.deadLetters(10)).toMatchObject([{ reason: 'unreadable' }])

    expect(await privacy.hasConsumers('ingest')).toBe(true)
    expect(await privacy.erase([{ owner: OWNER, beforeOffset: 3 }])).toBeGreaterThan(Date.now())
    expect(await privacy.trim(Date.now() + 60_000)).toBeGreaterThanOrEqual(0)
    expect(await account.deadLetters(10)).toEqual([])
    stop.abort()
    await consuming
  })

  it('writes and reads the ledger of erasures where its service does, and nowhere else', async () => {
    const entry = { owner: OWNER, receiptHash: 'hash-of-the-receipt', atMs: Date.parse('2026-02-14T01:10:00.000Z') }
    await openLedger('account').append([entry])
    const ledger = openLedger('privacy')
    await ledger.append([{ ...entry, receiptHash: 'another' }])
    expect(await ledger.read()).toHaveLength(2)
    for (const account of ['upload', 'ingest'] as const) {
      expect(await refusalOf(openLedger(account).read())).toMatch(/not authorized|does not exist|could not/i)
    }
  })

  it('does nothing else with the log', async () => {
    const [upload, ingest] = (['upload', 'ingest'] as const).map(open)
    if (!upload || !ingest) throw new Error('two logs were opened')
    expect(await refusalOf(ingest.append([event('written by ingest')]))).toMatch(refused)
    const record = { ...event('unreadable'), partition: 0, offset: 99, appendedAtMs: Date.now() }
    await ingest.deadLetter(record, 'unreadable', 'so that there is something to read')
    expect(await refusalOf(upload.deadLetters(1))).toMatch(refused)
    const [ofUpload, ofIngest] = [broker.kafka('upload').admin(), broker.kafka('ingest').admin()]
    for (const one of [ofUpload, ofIngest]) {
      await one.connect()
      onTestFinished(() => one.disconnect())
    }
    const positions = { groupId: 'tonearm-ingest', topics: ['account-events'] }
    expect(await refusalOf(ofIngest.fetchOffsets(positions))).toBe('done')
    // What kafkajs says where it may not ask for the group.
    expect(await refusalOf(ofUpload.fetchOffsets(positions))).toMatch(/find group coordinator/)
    const partitions = [{ partition: 0, offset: '1' }]
    expect(await refusalOf(ofUpload.deleteTopicRecords({ topic: 'account-events', partitions }))).toMatch(
      /deleting records/,
    )
  })

  it('has no right that the list does not name: what it had beside it is taken away', async () => {
    const admin = broker.kafka('admin').admin()
    await admin.connect()
    onTestFinished(() => admin.disconnect())
    const entry = {
      resourceType: AclResourceTypes.TOPIC,
      resourceName: 'account-events',
      resourcePatternType: ResourcePatternTypes.LITERAL,
      host: '*',
      operation: AclOperationTypes.READ,
      permissionType: AclPermissionTypes.ALLOW,
    }
    await admin.createAcls({ acl: ['User:upload', 'User:a-person'].map((principal) => ({ ...entry, principal })) })
    expect(await applyAcls(admin, acls)).toEqual({ given: 0, taken: 1 })
    expect(await applyAcls(admin, acls)).toEqual({ given: 0, taken: 0 })
  })

  it('is nobody without its password', async () => {
    const kafka = new kafkajs.Kafka({
      brokers: [broker.address],
      sasl: { mechanism: 'plain', username: 'upload', password: 'guessed' },
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    })
    await expect(kafka.admin().connect()).rejects.toThrow(/authentication/i)
  })
})
