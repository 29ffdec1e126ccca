/**
 * A real broker of Apache Kafka on this machine, as a child of this process.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { brokerProperties } from './broker-properties.ts'
import { freePort } from './free-port.ts'
import type { KafkaArtifacts } from './kafka-artifacts.ts'
import { run } from './run.ts'
import { untilServing } from './until-serving.ts'

/** Of what the broker says, the end, which tells why it ended. */
const OUTPUT_CHARACTERS_MAX = 8_000

/** Of no meaning: one node needs to be told from no other cluster. */
const CLUSTER_ID = 'dG9uZWFybS1rYWZrYS1kZQ'

export interface Broker {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  readonly port: number
  /** Of the JVM. */
  readonly pid: number
  /** Resolves when the JVM is gone, with how it ended. */
  readonly ended: Promise<string>
  /** Ends it in order; resolves when it is gone. */
  stop(): Promise<void>
  /** Ends it with SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
}

export interface BrokerOptions {
  readonly artifacts: KafkaArtifacts
  /** Made and formatted where it is new. */
  readonly folder: string
  /** A free one where it is not given. */
  readonly port?: number
  /** What the JVM says, by the piece: warnings and worse. */
  readonly onOutput?: (text: string) => void
}

/** Resolves when the broker serves. Rejects with `log-unavailable` and what it said where it does not. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { artifacts, folder, port = await freePort(), onOutput } = options
  const records = join(folder, 'records')
  const properties = join(folder, 'server.properties')
  await mkdir(records, { recursive: true })
  await writeFile(properties, brokerProperties({ folder: records, port, controllerPort: await freePort() }))
  const java = (...args: readonly string[]) => ['-cp', artifacts.classpath, ...args]
  if (!existsSync(join(records, 'meta.properties'))) await format(java, properties)

  // A group of its own: an interrupt of the terminal is this process's to hear, which then ends the broker in order.
  const child = spawn('java', [...jvmOptions, ...java('kafka.Kafka', properties)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const output = keepOutput(child, onOutput)
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => resolve(signal ?? `status ${status}`))
  })
  ended.catch(() => undefined)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  endWithThisProcess(child, ended)
  try {
    const early = ended.then((how) => Promise.reject(new Error(`ended with ${how}`)))
    await Promise.race([untilServing(`127.0.0.1:${port}`, ended), early])
  } catch (cause) {
    await end('SIGKILL').catch(() => undefined)
    throw new TonearmError('log-unavailable', `the broker did not start: ${output() || String(cause)}`, cause)
  }
  return {
    address: `127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    ended,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Quick to start rather than quick in the long run, and small. */
const jvmOptions = [
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:-UsePerfData',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  // It warns at each start that it takes over, from nobody.
  '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.controller.QuorumController=error',
]

async function format(java: (...args: string[]) => string[], properties: string): Promise<void> {
  const args = java('kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', properties)
  const { status, output } = await run('java', [...jvmOptions, ...args]).catch((cause: unknown) => {
    throw new TonearmError('log-unavailable', 'Java (java) is not there, which the broker runs on', cause)
  })
  if (status !== 0) throw new TonearmError('log-unavailable', `the folder could not be formatted: ${output}`)
}

function keepOutput(child: ChildProcess, onOutput: (text: string) => void = () => undefined): () => string {
  let kept = ''
  const keep = (text: string) => {
    kept = (kept + text).slice(-OUTPUT_CHARACTERS_MAX)
    onOutput(text)
  }
  child.stdout?.setEncoding('utf8').on('data', keep)
  child.stderr?.setEncoding('utf8').on('data', keep)
  return () => kept.trim()
}

/**
 * Whatever ends this process, SIGKILL too, the broker must not stay. A shell waits for the end of its standard input, which
 * comes when this process is gone, and then kills the JVM. It is in a group of its own too, or an interrupt would end it.
 */
function endWithThisProcess(child: ChildProcess, ended: Promise<unknown>): void {
  if (child.pid === undefined) return
  const watch = spawn('sh', ['-c', 'cat >/dev/null; kill -KILL "$1"', 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  // The number of the JVM may be another process's once it is gone.
  const dismiss = () => watch.kill('SIGKILL')
  ended.then(dismiss, dismiss)
}
