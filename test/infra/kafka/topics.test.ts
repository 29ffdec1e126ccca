import { describe, expect, it } from 'vitest'
import { type TopicsOptions, topics } from '../../../infra/kafka/topics.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function settingsOf(name: string, options: Partial<TopicsOptions> = {}) {
  const topic = topics({ partitions: 12, replication: 3, retentionHours: 72, ...options }).find(
    (known) => known.name === name,
  )
  return topic?.settings ?? {}
}

describe('the topics', () => {
  it('are the events in as many partitions as asked for, and the dead letters and erasures in one each', () => {
    const layout = topics({ partitions: 6, replication: 1, retentionHours: 72 }).map(
      ({ name, partitions }) => [name, partitions] as const,
    )
    expect(Object.fromEntries(layout)).toEqual({ 'account-events': 6, 'account-events.dead': 1, 'erasure-ledger': 1 })
  })

  it.each(['account-events', 'account-events.dead'])(
    '%s close a segment within the hour, or it would outlive its time',
    (name) => {
      expect(Number(settingsOf(name)['segment.ms'])).toBeLessThanOrEqual(HOUR_MS)
      expect(Number(settingsOf(name, { retentionHours: 1 })['segment.ms'])).toBeLessThanOrEqual(HOUR_MS)
    },
  )

  it.each(['account-events', 'account-events.dead'])('%s keep an event for LOG_RETENTION_HOURS', (name) => {
    expect(settingsOf(name, { retentionHours: 48 })['retention.ms']).toBe(String(48 * HOUR_MS))
  })

  it('keep an erasure for longer than any backup', () => {
    expect(settingsOf('erasure-ledger')['retention.ms']).toBe(String(366 * DAY_MS))
  })

  it.each(['account-events', 'account-events.dead', 'erasure-ledger'])('%s take the time from the broker', (name) => {
    expect(settingsOf(name)['message.timestamp.type']).toBe('LogAppendTime')
  })

  it('compact dead letters only, since a key of the events is an owner with many events', () => {
    expect(settingsOf('account-events')['cleanup.policy']).toBe('delete')
    expect(settingsOf('account-events.dead')['cleanup.policy']).toBe('compact,delete')
    expect(settingsOf('erasure-ledger')['cleanup.policy']).toBe('delete')
  })

  it('confirm nothing that only one of three brokers has, and with fewer copies go on while one broker is away', () => {
    expect(settingsOf('account-events', { replication: 3 })['min.insync.replicas']).toBe('2')
    expect(settingsOf('account-events', { replication: 2 })['min.insync.replicas']).toBe('1')
    expect(settingsOf('account-events', { replication: 1 })['min.insync.replicas']).toBe('1')
  })
})
