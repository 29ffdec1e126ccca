import { setTimeout as sleep } from 'node:timers/promises'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { TonearmError } from '#platform/errors/tonearm-error.ts'

const START_MS_MAX = 120_000
const PAUSE_MS = 50

/**
 * Resolves when the broker answers, is in its cluster, and leads every partition that it has; a port that is open says none
 * of that. Rejects with `log-unavailable` after two minutes; asks no more once `ended` has settled.
 */
export async function untilServing(address: string, ended: Promise<unknown>): Promise<void> {
  const kafka = new Kafka({
    brokers: [address],
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  })
  let isOver = false
  const over = () => {
    isOver = true
  }
  ended.then(over, over)
  const untilMs = Date.now() + START_MS_MAX
  while (!isOver) {
    const admin = kafka.admin()
    const isServing = await serves(admin).catch(() => false)
    await admin.disconnect().catch(() => undefined)
    if (isServing) return
    if (Date.now() > untilMs) {
      throw new TonearmError('log-unavailable', `the broker does not serve after ${START_MS_MAX} ms`)
    }
    await sleep(PAUSE_MS)
  }
}

async function serves(admin: Admin): Promise<boolean> {
  await admin.connect()
  const { brokers } = await admin.describeCluster()
  const { topics } = await admin.fetchTopicMetadata()
  return brokers.length > 0 && topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))
}
