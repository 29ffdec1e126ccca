/**
 * Clients of the brokers: kafkajs, with limits on every wait and its own log lines kept back.
 *
 * Nothing is connected until it is used, so a service starts while the brokers are away.
 * @module
 */
import {
  type Admin,
  type Cluster,
  Kafka,
  type LogEntry,
  logLevel,
  PartitionAssigners,
  type RetryOptions,
} from 'kafkajs'
import type { Logger } from 'pino'
import type { KafkaConnection } from './kafka-connection.ts'
import { useBoundedGzip } from './kafka-gzip.ts'
import { quietRequestQueue } from './kafka-quiet-queue.ts'
import { createRenewed, type Renewed } from './kafka-renewed.ts'
import { createKafkaSockets } from './kafka-sockets.ts'

const CONNECT_MS_MAX = 3_000
const REQUEST_MS_MAX = 8_000

/** Short rounds: whoever calls goes round again, or answers that the log is away. */
export const kafkaRetry = {
  retries: 3,
  initialRetryTime: 100,
  maxRetryTime: 1_000,
} as const satisfies RetryOptions

export interface KafkaClientOptions extends KafkaConnection {
  /** What the brokers call this client in their own logs and quotas. */
  readonly clientId: string
  readonly logger: Logger
}

export interface KafkaClient {
  /** For questions about topics, groups and positions. */
  readonly admin: Renewed<Admin>
  /** For reading a topic without a group, and for what kafkajs has no words for. */
  readonly cluster: Renewed<Cluster>
  readonly logger: Logger
  /** A client of its own, for a producer or a consumer that may have to be cut off alone. */
  open(): CuttableKafka
  /** Disconnects, and cuts what does not end by itself. */
  close(): Promise<void>
}

export interface CuttableKafka {
  readonly kafka: Kafka
  /** Nothing leaves this client any more, whatever it still has in mind to send. */
  cut(): void
}

export function createKafkaClient(options: KafkaClientOptions): KafkaClient {
  useBoundedGzip()
  quietRequestQueue()
  const shared = openKafka(options)
  const admin = createRenewed(() => shared.kafka.admin({ retry: kafkaRetry }))
  const cluster = createRenewed(() => clusterOf(shared.kafka))
  return {
    admin,
    cluster,
    logger: options.logger,
    open: () => openKafka(options),
    async close() {
      await Promise.all([admin.close(), cluster.close()])
      shared.cut()
    },
  }
}

function openKafka({ brokers, tls, sasl, clientId, logger }: KafkaClientOptions): CuttableKafka {
  const sockets = createKafkaSockets()
  const kafka = new Kafka({
    brokers: [...brokers],
    clientId,
    ssl: tls,
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: CONNECT_MS_MAX,
    authenticationTimeout: CONNECT_MS_MAX,
    requestTimeout: REQUEST_MS_MAX,
    retry: kafkaRetry,
    socketFactory: sockets.factory,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      logger.debug({ operation: entry.namespace, code: systemErrorOf(entry) }, 'a line of the Kafka client')
    },
  })
  return { kafka, cut: () => sockets.cut() }
}

/** All that is kept of a line, whose text names addresses: `ECONNREFUSED` and the like. */
function systemErrorOf({ log: { message } }: LogEntry): string | undefined {
  return /\bE[A-Z]{4,20}\b/.exec(message)?.[0]
}

/** An assigner is given the cluster of its consumer: the one way of the public interface to it. The consumer never runs. */
function clusterOf(kafka: Kafka): Cluster {
  const clusters: Cluster[] = []
  kafka.consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    retry: kafkaRetry,
    partitionAssigners: [
      (given) => {
        clusters.push(given.cluster)
        return PartitionAssigners.roundRobin(given)
      },
    ],
  })
  const [cluster] = clusters
  if (cluster === undefined) throw new Error('kafkajs did not hand its cluster to the assigner')
  return cluster
}
