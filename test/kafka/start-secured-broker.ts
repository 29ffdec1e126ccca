/**
 * The broker of `infra/compose.yaml` on this machine: its own properties, users and authorizer, on other ports and in a folder
 * that goes when the test file ends.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll } from 'vitest'
import { freePort } from '../../infra/kafka/dev/free-port.ts'
import { type JavaProcess, startJava } from '../../infra/kafka/dev/java-process.ts'
import { prepareKafkaArtifacts } from '../../infra/kafka/dev/kafka-artifacts.ts'
import { makeSecrets } from '../../infra/make-secrets.ts'
import { waitFor } from '../support/wait-for.ts'

const composeProperties = fileURLToPath(new URL('../../infra/kafka/compose/server.properties', import.meta.url))
const CLUSTER_ID = 'dG9uZWFybS1hY2wtdGVzdA'
const START_MS_MAX = 120_000

export interface SecuredBroker {
  /** `host:port`. */
  readonly address: string
  /** As the settings of an account have it. */
  signIn(account: string): { readonly mechanism: 'plain'; readonly username: string; readonly password: string }
  kafka(account: string): Kafka
}

const running: { readonly child: JavaProcess; readonly folder: string }[] = []

// Here and not where one is started: a hook that is asked for while another runs is never called.
afterAll(async () => {
  for (const { child, folder } of running.splice(0)) {
    await child.end('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Starts it; call it in `beforeAll`. */
export async function startSecuredBroker(): Promise<SecuredBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-secured-'))
  const secrets = join(folder, 'secrets')
  makeSecrets(secrets)
  const [port, controllerPort] = [await freePort(), await freePort()]
  const properties = join(folder, 'server.properties')
  const texts = [
    ['kafka:9092', `127.0.0.1:${port}`],
    ['//:9092', `//127.0.0.1:${port}`],
    ['127.0.0.1:9093', `127.0.0.1:${controllerPort}`],
    ['/var/lib/kafka/data', join(folder, 'data')],
  ] as const
  writeFileSync(
    properties,
    texts.reduce((text, [from, to]) => text.replaceAll(from, to), readFileSync(composeProperties, 'utf8')),
  )

  const { classpath } = await prepareKafkaArtifacts()
  const java = [
    '-Xmx384m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    `-Djava.security.auth.login.config=${join(secrets, 'kafka-jaas.conf')}`,
  ]
  const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', properties]
  const formatted = spawnSync('java', [...java, '-cp', classpath, ...format], { encoding: 'utf8' })
  if (formatted.status !== 0) throw new Error(`the folder could not be formatted: ${formatted.stderr}`)
  const child = startJava([...java, '-cp', classpath, 'kafka.Kafka', properties])
  running.push({ child, folder })
  let early: string | undefined
  void child.ended.then((how) => {
    early = how
  })

  const broker: SecuredBroker = {
    address: `127.0.0.1:${port}`,
    signIn(account) {
      const password = /^KAFKA_PASSWORD=(.+)$/m.exec(readFileSync(join(secrets, `${account}.env`), 'utf8'))?.[1] ?? ''
      return { mechanism: 'plain', username: account, password }
    },
    kafka: (account) =>
      new Kafka({
        brokers: [broker.address],
        sasl: broker.signIn(account),
        logLevel: logLevel.NOTHING,
        retry: { retries: 2 },
      }),
  }
  const serves = async () => {
    if (early !== undefined) throw new Error(`the broker ended with ${early}: ${child.output()}`)
    const admin = broker.kafka('admin').admin()
    try {
      await admin.connect()
      return (await admin.describeCluster()).brokers.length > 0
    } catch {
      return false
    } finally {
      await admin.disconnect().catch(() => undefined)
    }
  }
  await waitFor('the broker', serves, START_MS_MAX)
  return broker
}
