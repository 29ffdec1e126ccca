import kafkajs, { type Admin } from 'kafkajs'
import { beforeAll, describe, expect, it } from 'vitest'
import { topics } from '../../infra/kafka/topics.ts'
import { startBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { runProgram } from '../support/start-server.ts'
import { withAdmin } from './kafka-log.ts'

const { ConfigResourceTypes } = kafkajs

const file = 'infra/kafka/main.ts'

describe.skipIf(without('kafka'))('npm run kafka:topics', () => {
  let brokers = ''

  beforeAll(async () => {
    brokers = (await startBroker({ topics: false })).brokers
  })

  const run = (args: readonly string[] = [], settings: Record<string, string> = {}) =>
    runProgram(file, args, { KAFKA_BROKERS: brokers, ...settings })

  async function settingsOf(admin: Admin, name: string): Promise<Record<string, string>> {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name }],
    })
    const entries = resources.flatMap(({ configEntries }) => configEntries)
    return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]))
  }

  it('makes the topics as they are defined, and changes nothing when it runs again', async () => {
    const first = await run(['--partitions', '4'])
    expect(first.stdout).toBe('account-events: made\naccount-events.dead: made\nerasure-ledger: made\n')
    await withAdmin(brokers, async (admin) => {
      for (const { name, partitions, settings } of topics({ partitions: 4, replication: 1, retentionHours: 72 })) {
        const { topics: found } = await admin.fetchTopicMetadata({ topics: [name] })
        expect(found[0]?.partitions.length).toBe(partitions)
        expect(await settingsOf(admin, name)).toMatchObject(settings)
      }
    })
    const second = await run()
    expect(second.stdout).toBe('account-events: unchanged\naccount-events.dead: unchanged\nerasure-ledger: unchanged\n')
  })

  it('sets what has changed, and leaves what others have set', async () => {
    await run(['--partitions', '4'])
    await withAdmin(brokers, async (admin) => {
      const [events] = topics({ partitions: 4, replication: 1, retentionHours: 72 })
      const entries = { ...events?.settings, 'retention.bytes': '1000000000' }
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: ConfigResourceTypes.TOPIC,
            name: 'account-events',
            configEntries: Object.entries(entries).map(([name, value]) => ({ name, value })),
          },
        ],
      })
      const { stdout } = await run([], { LOG_RETENTION_HOURS: '24' })
      expect(stdout).toContain('account-events: set\n')
      expect(await settingsOf(admin, 'account-events')).toMatchObject({
        'retention.ms': '86400000',
        'retention.bytes': '1000000000',
        'cleanup.policy': 'delete',
      })
    })
  })

  it.each(['1', '8'])('refuses %s partitions for events that have four, and names the way', async (partitions) => {
    await run(['--partitions', '4'])
    const { status, stderr } = await run(['--partitions', partitions], { LOG_RETENTION_HOURS: '12' })
    expect(stderr).toBe(
      `config-invalid: account-events has 4 partitions and not ${partitions}: see docs/operations.md, "Repartitioning"\n`,
    )
    expect(status).toBe(2)
    const kept = await withAdmin(brokers, (admin) => settingsOf(admin, 'account-events'))
    expect(kept['retention.ms']).not.toBe(String(12 * 3_600_000))
  })

  it('refuses another number of copies', async () => {
    await run(['--partitions', '4'])
    const { status, stderr } = await run(['--replication', '2'])
    expect(stderr).toMatch(/^config-invalid: account-events has replication factor 1 and not 2: [^\n]*\n$/)
    expect(status).toBe(2)
  })
})
