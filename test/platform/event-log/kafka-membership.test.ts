import { describe, expect, it } from 'vitest'
import { createMembership } from '#platform/event-log/kafka-membership.ts'
import { waitFor } from '../../support/wait-for.ts'

const times = { sessionMs: 1_000, heartbeatMs: 10 }

/** An answer of the coordinator, as kafkajs throws it. */
function refusal(type: string): Error {
  return Object.assign(new Error('refused'), { type })
}

describe('the membership in a group', () => {
  it('is lost when no heartbeat was answered for as long as the brokers wait for one', async () => {
    let nowMs = 0
    const membership = createMembership({ ...times, now: () => nowMs })
    const silent = { heartbeat: () => new Promise<void>(() => undefined), reconnect: async () => undefined }
    await membership.during(silent, async () => {
      expect(membership.lost.aborted).toBe(false)
      // As after a stop of the process: much later, at once.
      nowMs = 1_001
      await waitFor('the loss', () => membership.lost.aborted)
    })
    expect(membership.mustRejoin()).toBe(true)
  })

  it('holds while heartbeats are answered', async () => {
    let nowMs = 0
    let beats = 0
    const membership = createMembership({ ...times, now: () => nowMs })
    const heartbeat = async () => {
      beats += 1
      nowMs += 900
      membership.confirm()
    }
    await membership.during({ heartbeat, reconnect: async () => undefined }, () =>
      waitFor('ten heartbeats', () => beats >= 10),
    )
    expect(membership.lost.aborted).toBe(false)
  })

  it('counts an answer from when its question was sent, for it may have lain about since', async () => {
    let nowMs = 0
    const membership = createMembership({ ...times, now: () => nowMs })
    const heartbeat = async () => {
      nowMs += 1_001
      membership.confirm()
    }
    await membership.during({ heartbeat, reconnect: async () => undefined }, () =>
      waitFor('the loss', () => membership.lost.aborted),
    )
    expect(membership.lost.aborted).toBe(true)
  })

  it.each(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID'])('is lost on %s', async (type) => {
    const membership = createMembership({ ...times, now: () => 0 })
    const heartbeat = () => Promise.reject(refusal(type))
    await membership.during({ heartbeat, reconnect: async () => undefined }, () =>
      waitFor('the loss', () => membership.lost.aborted),
    )
    expect(membership.mustRejoin()).toBe(true)
  })

  it('holds through a rebalance that was announced, so that the batch in hand can be finished', async () => {
    let nowMs = 0
    let beats = 0
    const membership = createMembership({ ...times, now: () => nowMs })
    const heartbeat = () => {
      beats += 1
      nowMs += 900
      return Promise.reject(refusal('REBALANCE_IN_PROGRESS'))
    }
    await membership.during({ heartbeat, reconnect: async () => undefined }, () =>
      waitFor('five heartbeats', () => beats >= 5),
    )
    expect(membership.mustRejoin()).toBe(true)
    expect(membership.lost.aborted).toBe(false)
  })

  it('looks for the coordinator anew when its connection broke', async () => {
    let reconnected = 0
    const membership = createMembership({ ...times, now: () => 0 })
    const broken = Object.assign(new Error('closed'), { name: 'KafkaJSConnectionClosedError' })
    const reconnect = async () => {
      reconnected += 1
    }
    await membership.during({ heartbeat: () => Promise.reject(broken), reconnect }, () =>
      waitFor('the coordinator', () => reconnected > 0),
    )
    expect(membership.mustRejoin()).toBe(false)
  })
})
