/**
 * A real broker of Apache Kafka on this machine, as a child of this process.
 * @module
 */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { brokerProperties } from './broker-properties.ts'
import { freePort, isFree } from './free-port.ts'
import { startJava } from './java-process.ts'
import { untilServing } from './until-serving.ts'

/** After this long an orderly end is given up; what was confirmed is kept without it too. */
const STOP_MS_MAX = 20_000

/** Any will do: the broker is the only one of its cluster. 16 bytes, base64url, as Kafka wants it. */
const CLUSTER_ID = 'dG9uZWFybS1rYWZrYS1kZQ'

/** Quick to start rather than quick in the long run, and small. */
const jvmOptions = [
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:-UsePerfData',
  // Else it writes to standard output where an archive of classes is not of this version of Java, and goes on without.
  '-Xlog:disable',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  // It warns at each start that it takes over, from nobody, and at each end that what is closed is closed.
  '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.controller.QuorumController=error',
  '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.clients.NetworkClient=error',
]

export interface Broker {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  readonly port: number
  /** Of the JVM. */
  readonly pid: number
  /** Resolves when the JVM is gone, with how it ended. */
  readonly ended: Promise<string>
  /** Ends it in order, or else after 20 seconds by SIGKILL; resolves when it is gone. */
  stop(): Promise<void>
  /** Ends it with SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
}

export interface BrokerOptions {
  /** The jars. */
  readonly classpath: string
  /** More options of the JVM. */
  readonly javaOptions?: readonly string[]
  /** Made and formatted where it is new. */
  readonly folder: string
  /** A free one where it is not given. */
  readonly port?: number | undefined
  /** What the broker says once it serves, by the piece: warnings and worse. What it says before is in the rejection. */
  readonly onOutput?: (text: string) => void
}

/** Resolves when the broker serves. Rejects with `log-unavailable` and why where it does not. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { classpath, javaOptions = [], folder, port = await freePort() } = options
  // Whoever listens there could be another broker, and would be taken for this one.
  if (!(await isFree(port))) throw new TonearmError('log-unavailable', `the port ${port} is taken`)
  const records = join(folder, 'records')
  const properties = join(folder, 'server.properties')
  await mkdir(records, { recursive: true })
  await writeFile(properties, brokerProperties({ folder: records, port, controllerPort: await freePort() }))
  const java = [...jvmOptions, ...javaOptions, '-cp', classpath]
  if (!existsSync(join(records, 'meta.properties'))) {
    const format = startJava([...java, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', properties])
    if ((await format.ended) !== 'status 0') throw unavailable('the folder was not formatted', format.output())
  }

  const broker = startJava([...java, 'kafka.Kafka', properties])
  const address = `127.0.0.1:${port}`
  const early = broker.ended.then((how) => Promise.reject(unavailable(`it ended with ${how}`, broker.output())))
  try {
    await Promise.race([untilServing(address, broker.ended), early])
  } catch (cause) {
    await broker.end('SIGKILL').catch(() => undefined)
    throw cause
  }
  // From here on its end is no failure of the start.
  early.catch(() => undefined)
  if (options.onOutput !== undefined) broker.listen(options.onOutput)
  return {
    address,
    port,
    pid: broker.pid,
    ended: broker.ended,
    async stop() {
      const limit = setTimeout(() => void broker.end('SIGKILL'), STOP_MS_MAX)
      await broker.end('SIGTERM')
      clearTimeout(limit)
    },
    kill: () => broker.end('SIGKILL'),
  }
}

function unavailable(what: string, output: string): TonearmError {
  // Kafka says the same several times, each with its trace; the first exception is the one that tells why.
  const reason = /^\S*Exception: (.+)$/m.exec(output)?.[1] ?? output.split('\n').at(-1)
  return new TonearmError('log-unavailable', `the broker did not start, ${what}: ${reason}`)
}
