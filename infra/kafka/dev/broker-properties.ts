/**
 * The settings of a broker for one machine: broker and controller in one process, for development and tests.
 *
 * What it keeps: a confirmed record is in the page cache of the machine. It survives a SIGKILL of the broker, at any
 * instant, and an orderly end; it may be lost with the machine, for there is no second copy and nothing is flushed by the
 * record (`log.flush.interval.messages` stays at Kafka's default, never). In production copies on other brokers are what
 * makes a record durable (`min.insync.replicas`, [topics.ts](../topics.ts)).
 * @module
 */
import { BATCH_BYTES_MAX } from '../topics.ts'

const MIB = 1024 * 1024

export interface BrokerPlace {
  /** Folder of the records. */
  readonly folder: string
  readonly port: number
  readonly controllerPort: number
}

/** The text of `server.properties`. Sources: "Broker Configs" in the documentation of Apache Kafka 4. */
export function brokerProperties({ folder, port, controllerPort }: BrokerPlace): string {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    // Nothing but this machine reaches it: it asks nobody who they are.
    listeners: `BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `BROKER://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'BROKER',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'log.dirs': folder,

    // Topics are made by infra/kafka, never by a slip of the pen.
    'auto.create.topics.enable': false,
    'message.max.bytes': BATCH_BYTES_MAX,
    // A request may carry batches of several partitions. It is held whole, so this bounds the heap too.
    'socket.request.max.bytes': 100 * MIB,
    'replica.fetch.max.bytes': BATCH_BYTES_MAX,
    // An expired segment is found after a minute, and its file is gone a second later.
    'log.retention.check.interval.ms': 60_000,
    'log.segment.delete.delay.ms': 1_000,

    // The topics of Kafka itself: one copy, few partitions, since each is a folder to open at a start.
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // There is nobody to wait for: the first consumer of a group begins at once.
    'group.initial.rebalance.delay.ms': 0,
    // After a SIGKILL the controller lets the broker in again only when its earlier session has run out, in Kafka's default
    // after nine seconds. With one and a half, a machine at its limits took the broker out while it was at work.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 250,
    // Else the controller writes and flushes an empty record twice a second, which only a follower would read.
    'metadata.max.idle.interval.ms': 0,

    // A small heap: the buffer of the cleaner alone would have 128 MiB.
    'log.cleaner.dedupe.buffer.size': 4 * MIB,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
  }
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
