import type { Static } from 'typebox'
import { expect, it } from 'vitest'
import type { OwnSessionList } from '#schemas/records/session.ts'
import type { ApiAnswer, ApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { openSmallDisk } from '../support/small-disk.ts'
import { BUSY_MS_MAX, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

/** More than the room that its files have left within them. */
const UPLOADS_MAX = 2_000

const send = (dj: ApiClient, id: string) => dj.post('/v1/sessions', { json: sessionOf(id) })

/** Sends sessions until one is refused; answers which were taken, and the refusal. */
async function sendUntilRefused(dj: ApiClient, prefix: string): Promise<{ taken: string[]; refused: ApiAnswer }> {
  const taken: string[] = []
  while (taken.length < UPLOADS_MAX) {
    const id = `${prefix} ${taken.length}`
    const answer = await send(dj, id)
    if (answer.status !== 202) return { taken, refused: answer }
    taken.push(id)
  }
  return expect.fail(`${UPLOADS_MAX} uploads were taken on a full disk`)
}

async function idsOf(dj: ApiClient): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const answer = await dj.get(`/v1/me/sessions?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`)
    expect(answer.status).toBe(200)
    const page: Static<typeof OwnSessionList> = answer.json()
    ids.push(...page.sessions.map(({ id }) => id))
    cursor = page.next
  }
  return ids.sort()
}

async function expectStored(dj: ApiClient, ids: readonly string[]): Promise<void> {
  const sorted = [...ids].sort()
  const isStored = async () => JSON.stringify(await idsOf(dj)) === JSON.stringify(sorted)
  await waitFor('the sessions', isStored, BUSY_MS_MAX).catch(() => undefined)
  expect(await idsOf(dj)).toEqual(sorted)
}

it('refuses uploads while the disk is full, goes on reading, loses nothing, and works again when there is room', async () => {
  const disk = openSmallDisk()
  const settings = { UPLOADS_PER_MINUTE: '1000000' }
  const server = await startServer({ dataDir: disk.dataDir, settings })
  const dj = await server.api('dj')
  expect((await send(dj, 'before')).status).toBe(202)
  await expectStored(dj, ['before'])

  disk.fill(server.pid)
  const first = await sendUntilRefused(dj, 'first')
  expect(first.taken.length).toBeGreaterThan(0)
  expect(first.refused.status).toBe(503)
  expect(first.refused.json()).toMatchObject({ code: 'log-unavailable' })
  expect(Number(first.refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await idsOf(dj)).toContain('before')
  expect((await dj.get('/v1/charts')).status).toBe(200)

  disk.free(server.pid)
  expect((await send(dj, `first ${first.taken.length}`)).status).toBe(202)
  const sent = ['before', ...first.taken, `first ${first.taken.length}`]
  await expectStored(dj, sent)

  // Full once more, and then it dies.
  disk.fill(server.pid)
  const second = await sendUntilRefused(dj, 'second')
  await stopServer(server, 'SIGKILL')
  disk.free(server.pid)
  const again = await startServer({ dataDir: disk.dataDir, settings })
  const client = await again.api('dj')
  expect((await send(client, `second ${second.taken.length}`)).status).toBe(202)
  await expectStored(client, [...sent, ...second.taken, `second ${second.taken.length}`])
  expect((await stopServer(again)).status).toBe(0)
})
