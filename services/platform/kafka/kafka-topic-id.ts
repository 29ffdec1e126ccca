/**
 * The id that the brokers gave a topic when it was made: one that was deleted and made again has another, under the same
 * name and with the same settings.
 *
 * It is in answers of the Metadata API from version 10 on, and kafkajs speaks version 6 at most. So the request is written
 * here, byte by byte, and goes over a connection of kafkajs, which knows about TLS and signing in. The format is that of
 * version 12 (brokers from 3.1 on) in Apache Kafka's protocol guide, "Metadata API (Key: 3)", with the flexible encoding of
 * KIP-482 and the topic ids of KIP-516.
 * @module
 */
import type { Broker, Cluster } from 'kafkajs'
import { TonearmError } from '../errors/tonearm-error.ts'

const METADATA_KEY = 3
const METADATA_VERSION = 12
const NO_TAGS = Buffer.of(0)
const UUID_BYTES = 16
const UNKNOWN_TOPIC = 3
/** LEADER_NOT_AVAILABLE: a leader is being elected; the topic is known. */
const NO_LEADER = 5

/** What a connection of kafkajs takes; its types leave out that a broker has connections. */
interface WithConnections {
  readonly connectionPool: {
    send(protocol: {
      readonly request: {
        readonly apiKey: number
        readonly apiVersion: number
        readonly apiName: string
        /** kafkajs copies `buffer`, after it has looked that `buf` is one. */
        encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>
      }
      readonly response: {
        decode(bytes: Buffer): Promise<unknown>
        parse(decoded: unknown): Promise<string | undefined>
      }
    }): Promise<string | undefined>
  }
}

/** The id in hexadecimal, or `undefined` where there is no such topic. */
export async function readTopicId(cluster: Cluster, topic: string): Promise<string | undefined> {
  await cluster.refreshMetadataIfNecessary()
  // The field is there, see `WithConnections`.
  const { connectionPool } = (await findAnyBroker(cluster)) as unknown as WithConnections
  const request = encodeMetadataRequest(topic)
  return connectionPool.send({
    request: {
      apiKey: METADATA_KEY,
      apiVersion: METADATA_VERSION,
      apiName: 'Metadata',
      encode: async () => ({ buf: request, buffer: request }),
    },
    response: {
      decode: async (bytes) => decodeTopicId(bytes),
      // What `decode` made of it.
      parse: async (decoded) => decoded as string | undefined,
    },
  })
}

/** Whichever can be reached: all of them know the topics. */
async function findAnyBroker(cluster: Cluster): Promise<Broker> {
  let failure: unknown = new Error('the cluster names no broker')
  for (const nodeId of cluster.getNodeIds()) {
    try {
      return await cluster.findBroker({ nodeId: `${nodeId}` })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

/** From behind the client's id on: kafkajs writes the header without the tags that version 2 of it ends with. */
export function encodeMetadataRequest(topic: string): Buffer {
  const name = Buffer.from(topic)
  return Buffer.concat([
    NO_TAGS,
    unsignedVarint(1 + 1), // one topic
    Buffer.alloc(UUID_BYTES), // asked for by its name
    unsignedVarint(name.length + 1),
    name,
    NO_TAGS,
    Buffer.of(0), // is not to be made
    Buffer.of(0), // nor what may be done with it
    NO_TAGS,
  ])
}

/** From behind the correlation id on. */
export function decodeTopicId(bytes: Buffer): string | undefined {
  const at = createCursor(bytes)
  at.skipTags()
  at.skip(4) // throttle_time_ms
  for (let brokers = at.count(); brokers > 0; brokers -= 1) {
    at.skip(4) // node_id
    at.skip(at.count()) // host
    at.skip(4) // port
    at.skip(at.count()) // rack
    at.skipTags()
  }
  at.skip(at.count()) // cluster_id
  at.skip(4) // controller_id
  if (at.count() !== 1)
    throw new TonearmError('log-unavailable', 'The brokers did not answer about the one topic asked for')
  const errorCode = at.take(2).readInt16BE()
  at.skip(at.count()) // name
  if (errorCode === UNKNOWN_TOPIC) return undefined
  if (errorCode !== 0 && errorCode !== NO_LEADER) {
    throw new TonearmError('log-unavailable', `The brokers do not tell about a topic (error ${errorCode})`)
  }
  return at.take(UUID_BYTES).toString('hex')
}

function createCursor(bytes: Buffer) {
  let offset = 0
  const take = (length: number): Buffer => {
    if (offset + length > bytes.length) throw new RangeError('An answer of the brokers ends too early')
    offset += length
    return bytes.subarray(offset - length, offset)
  }
  const varint = (): number => {
    for (let value = 0, shift = 0; shift < 35; shift += 7) {
      const byte = take(1).readUInt8()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new RangeError('A number in an answer of the brokers does not end')
  }
  return {
    take,
    skip: (length: number) => void take(length),
    /** Compact arrays and strings have their length plus one; none at all is zero. */
    count: () => Math.max(0, varint() - 1),
    skipTags() {
      for (let tags = varint(); tags > 0; tags -= 1) {
        varint()
        take(varint())
      }
    },
  }
}

function unsignedVarint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80)
  return Buffer.of(...bytes, rest)
}
