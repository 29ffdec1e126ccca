import { describe, expect, it } from 'vitest'
import { decodeTopicId, encodeMetadataRequest } from '#platform/kafka/kafka-topic-id.ts'

const id = '0123456789abcdef0123456789abcdef'

/** An answer of version 12, with one broker, and tags that a later broker may add. */
function answer(errorCode: number, topics = 1): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.of(value.length + 1), Buffer.from(value)])
  const int16 = (value: number) => Buffer.of(value >> 8, value & 0xff)
  const int32 = (value: number) => Buffer.of(0, 0, value >> 8, value & 0xff)
  const tags = Buffer.of(1, 7, 2, 0xaa, 0xbb)
  const topic = Buffer.concat([int16(errorCode), text('account-events'), Buffer.from(id, 'hex'), Buffer.alloc(20)])
  return Buffer.concat([
    tags,
    int32(0),
    Buffer.of(2), // one broker
    ...[int32(1), text('kafka-1.example'), int32(9092), Buffer.of(0), tags],
    text('cluster'),
    int32(1),
    Buffer.of(topics + 1),
    ...Array.from({ length: topics }, () => topic),
  ])
}

describe('the id of a topic', () => {
  it('is asked for by the name of the topic', () => {
    const name = 'account-events'
    const expected = `00${'02'}${'00'.repeat(16)}0f${Buffer.from(name).toString('hex')}00000000`
    expect(encodeMetadataRequest(name).toString('hex')).toBe(expected)
  })

  it('has a length of two bytes before a long name', () => {
    const request = encodeMetadataRequest('t'.repeat(200))
    expect(request.subarray(18, 20).toString('hex')).toBe('c901')
    expect(request.length).toBe(18 + 2 + 200 + 4)
  })

  it('is found behind the brokers, whatever tags they add', () => {
    expect(decodeTopicId(answer(0))).toBe(id)
  })

  it('is there while a leader is being elected', () => {
    expect(decodeTopicId(answer(5))).toBe(id)
  })

  it('is none where there is no such topic', () => {
    expect(decodeTopicId(answer(3))).toBeUndefined()
  })

  it('is not guessed where the brokers refuse to tell', () => {
    expect(() => decodeTopicId(answer(29))).toThrow(/error 29/)
    expect(() => decodeTopicId(answer(0, 2))).toThrow(/one topic/)
  })

  it('is not read from an answer that ends too early', () => {
    const whole = answer(0)
    for (let length = 0; length < whole.length - 20; length += 1) {
      expect(() => decodeTopicId(whole.subarray(0, length))).toThrow()
    }
  })
})
