import { beforeAll, describe, expect, it } from 'vitest'
import type { UploadResult } from '#schemas/records/session.ts'
import { type Distributed, openDistributed } from '../support/distributed.ts'
import { without } from '../support/optional-parts.ts'
import { sessionOf } from '../support/session-of.ts'
import type { RunningService } from '../support/start-services.ts'
import { waitFor } from '../support/wait-for.ts'

interface DeadLetters {
  readonly deadLetters: readonly { partition: number; offset: number; at: string; reason: string; detail: string }[]
}

describe.skipIf(without('kafka'))('an event on its way from the log to the store', () => {
  let system: Distributed
  let ingest: RunningService

  beforeAll(async () => {
    system = await openDistributed({ settings: { LOG_LEVEL: 'info' } })
    const [, started] = await system.services.startReady('upload', 'ingest', 'account')
    ingest = started
  })

  async function upload(account: string, id: string) {
    const answer = await (await system.services.api(account)).post('/v1/sessions', { json: sessionOf(id) })
    expect(answer.status).toBe(202)
    return { key: answer.json<UploadResult>().accepted[0]?.key, requestId: answer.headers.get('x-request-id') ?? '' }
  }

  const storedKeys = async (account: string) => {
    const rows = await system.store
      .connect('site')
      .rows<{ key: string }>('SELECT session_key AS key FROM playlists.sessions FINAL WHERE owner = {owner:String}', {
        owner: system.services.pseudonyms.owner(account),
      })
    return rows.map(({ key }) => key).sort()
  }

  it('can be followed by the id that the answer to its upload carried to the log line of ingest', async () => {
    const { requestId } = await upload('followed', '1')
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    const line = await waitFor('the line', () =>
      ingest
        .stderr()
        .split('\n')
        .find((text) => text.includes(requestId)),
    )
    expect(JSON.parse(line)).toMatchObject({ msg: 'events stored', reqIds: [requestId], events: 1 })
  })

  it('goes to the dead letters where it cannot be used, and those around it are stored', async () => {
    const { services, log } = system
    const owner = services.pseudonyms.owner('poisoned')
    const envelope = { v: 1, owner, at: Date.now() }
    const marker = 'Nobody’s Lantern'
    const poison = [
      ['unreadable', `{"v":1,"title":"${marker}"`],
      ['unreadable', JSON.stringify([marker])],
      ['unreadable', JSON.stringify({ ...envelope, type: 'session-delete', ref: marker, owner: 'another' })],
      ['unknown-version', JSON.stringify({ ...envelope, v: 2, type: 'session-delete', ref: marker })],
      ['unknown-type', JSON.stringify({ ...envelope, type: 'session-sing', ref: marker })],
      ['defect', JSON.stringify({ ...envelope, type: 'session-put', key: 'k', session: marker })],
    ] as const
    const good = [await upload('poisoned', 'before')]
    const positions = []
    for (const [reason, text] of poison) {
      const [position] = await log.append([{ owner, payload: Buffer.from(text) }])
      positions.push({ ...position, reason })
      good.push(await upload('poisoned', `after ${positions.length}`))
    }

    const keys = good.map(({ key }) => key).sort()
    await waitFor('those around', async () => (await storedKeys('poisoned')).length === keys.length)
    expect(await storedKeys('poisoned')).toEqual(keys)
    const admin = await services.api('an-admin', 'admin')
    const listed = await admin.get('/v1/dead-letters')
    expect(listed.status).toBe(200)
    const { deadLetters } = listed.json<DeadLetters & Record<string, unknown>>()
    expect(deadLetters.map(({ partition, offset, reason }) => ({ partition, offset, reason }))).toEqual(
      positions.toReversed(),
    )
    expect(listed.text).not.toContain(marker)
    expect(ingest.stderr()).not.toContain(marker)
    const count = (reason: string) =>
      ingest.metric(`tonearm_ingest_events_total{outcome="deadLetter",reason="${reason}"}`)
    expect(await count('unreadable')).toBe(3)
    expect(await count('unknown-version')).toBe(1)
    expect(await count('unknown-type')).toBe(1)
    expect(await count('defect')).toBe(1)
  })
})
