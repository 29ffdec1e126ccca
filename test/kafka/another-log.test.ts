/**
 * A log that is not the one that the store was filled from: its start is refused with the way out, and after it new uploads win.
 */
import { Kafka, logLevel } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { makeTopics } from '../../infra/kafka/make-topics.ts'
import { type Distributed, openDistributed } from '../support/distributed.ts'
import { startBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { sessionOf } from '../support/session-of.ts'
import { newDataDir, runProgram, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const DJS = ['ana', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gus', 'hana']
const wayOut = /^other-log: [^\n]+--accept-new-log[^\n]*$/m

async function send({ services }: Distributed, dj: string, name: string): Promise<void> {
  const answer = await (await services.api(dj)).post('/v1/sessions', { json: sessionOf('86', { name }) })
  expect(answer.status).toBe(202)
}

/** The names of the session that each DJ sent, as they are stored. */
async function namesOf({ services, store }: Distributed, djs: readonly string[]): Promise<(string | undefined)[]> {
  const rows = await store
    .connect('site')
    .rows<{ owner: string; name: string }>('SELECT owner, name FROM playlists.sessions FINAL')
  return djs.map((dj) => rows.find(({ owner }) => owner === services.pseudonyms.owner(dj))?.name)
}

async function untilNamed(system: Distributed, djs: readonly string[], name: string): Promise<void> {
  const are = async () => (await namesOf(system, djs)).every((stored) => stored === name)
  await waitFor(`the sessions that are called ${name}`, are, 60_000)
}

const adminOf = (brokers: string) => new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin()

describe.skipIf(without('kafka'))('ingest', () => {
  it('does not begin on a topic that was made anew unless it is told to, and then what comes by it wins', async () => {
    const system = await openDistributed({ partitions: 2 })
    const { services, broker } = system
    const [upload, ingest] = await services.startReady('upload', 'ingest')
    for (let times = 0; times < 3; times += 1) for (const dj of DJS) await send(system, dj, `first ${times}`)
    await untilNamed(system, DJS, 'first 2')
    await Promise.all([upload.stop(), ingest.stop()])
    const admin = adminOf(broker.brokers)
    await admin.connect()
    await admin.deleteTopics({ topics: ['account-events'] })
    const isGone = async () => !(await admin.listTopics()).includes('account-events')
    await waitFor('the topic to be gone', isGone)
    await admin.disconnect()
    const kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING })
    await makeTopics(kafka, { partitions: 2, retentionHours: 72 })

    const refused = await services.startRefused('ingest')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(wayOut)

    await services.start('ingest', ['--accept-new-log'])
    await upload.restart()
    await services.ready(upload)
    for (const dj of DJS) await send(system, dj, 'second')
    await untilNamed(system, DJS, 'second')
  })

  it('does not begin on more partitions unless it is told to; what waited in the old ones is stored, and what is new wins', async () => {
    const system = await openDistributed({ partitions: 2 })
    const { services, broker, log } = system
    const [upload, ingest] = await services.startReady('upload', 'ingest')
    for (let times = 0; times < 3; times += 1) for (const dj of DJS) await send(system, dj, `first ${times}`)
    await untilNamed(system, DJS, 'first 2')
    await ingest.stop()
    const [waiting = '', ...others] = DJS
    await send(system, waiting, 'waiting')
    expect(await log.lag('ingest')).toBe(1)
    await upload.stop()
    const admin = adminOf(broker.brokers)
    await admin.connect()
    await admin.createPartitions({ topicPartitions: [{ topic: 'account-events', count: 5 }] })
    await admin.disconnect()

    const refused = await services.startRefused('ingest')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(wayOut)
    expect(refused.stderr).toContain('partitions')

    await services.start('ingest', ['--accept-new-log'])
    await untilNamed(system, [waiting], 'waiting')
    await upload.restart()
    await services.ready(upload)
    for (const dj of others) await send(system, dj, 'second')
    await untilNamed(system, others, 'second')
    await send(system, waiting, 'second')
    await untilNamed(system, DJS, 'second')
  })
})

describe.skipIf(without('kafka'))('a data folder whose log is moved to Kafka', () => {
  it('does not start unless it is told to, and then what comes by the brokers wins over what came before', async () => {
    const dataDir = newDataDir()
    const before = await startServer({ dataDir })
    const ana = await before.api('ana')
    for (let times = 0; times < 3; times += 1) {
      expect((await ana.post('/v1/sessions', { json: sessionOf('86', { name: `first ${times}` }) })).status).toBe(202)
    }
    const nameIn = async (client: typeof ana) =>
      (await client.get('/v1/me/sessions')).json<{ sessions: { name?: string }[] }>().sessions[0]?.name
    await waitFor('the session', async () => (await nameIn(ana)) === 'first 2')
    await stopServer(before)

    const settings = { KAFKA_BROKERS: (await startBroker({ partitions: 2 })).brokers }
    const refused = await runProgram('services/standalone/main.ts', [], { DATA_DIR: dataDir, PORT: '0', ...settings })
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(wayOut)

    const after = await startServer({ dataDir, settings, args: ['--accept-new-log'] })
    const again = await after.api('ana')
    expect((await again.post('/v1/sessions', { json: sessionOf('86', { name: 'second' }) })).status).toBe(202)
    await waitFor('the session by the brokers', async () => (await nameIn(again)) === 'second', 60_000)
    expect((await stopServer(after)).status).toBe(0)
  })
})
