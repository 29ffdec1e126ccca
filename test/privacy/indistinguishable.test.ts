/**
 * What a stranger is told of a session that is not public: nothing, not even that there is one (PRIVACY 1).
 */
import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, startServer } from '../support/start-server.ts'
import { storedPseudonyms } from '../support/stored-pseudonyms.ts'
import { waitFor } from '../support/wait-for.ts'
import { type OneConnection, openConnection, rankDifference } from './indistinguishable-requests.ts'

const REQUESTS = 1_000
/**
 * Two samples of one kind lie further apart once in 26 million times; with the ten comparisons here, once in 2.6 million
 * runs. What shows is a difference of a quarter of the spread of the times.
 */
const DEVIATIONS_MAX = 5.5

/** Public ids that all lead nowhere, by why. */
const ids = new Map<string, string>()
let publicId: string
let connection: OneConnection

beforeAll(async () => {
  const server = await startServer({ settings: { CHARTS_CRON: '0 0 29 2 *' } })
  const [dj, erased] = [await server.api('dj'), await server.api('erased')]
  const { publicId: publicIdOf } = await storedPseudonyms(server.dataDir)
  const upload = async (client: ApiClient, id: string, visibility: 'public' | 'private') => {
    const changes = { visibility, historyId: 'history' }
    expect((await client.post('/v1/sessions', { json: sessionOf(id, changes) })).status).toBe(202)
    const session = await waitFor('the session', async () => {
      const { sessions } = (await client.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
      return sessions.find((one) => one.id === id)
    })
    return { key: session.key, publicId: publicIdOf(session.key) }
  }

  const shown = await upload(dj, 'public', 'public')
  publicId = shown.publicId
  ids.set('private', (await upload(dj, 'private', 'private')).publicId)
  const again = await upload(dj, 'private again', 'public')
  ids.set('private again', again.publicId)
  const deleted = await upload(dj, 'deleted', 'public')
  ids.set('deleted', deleted.publicId)
  ids.set("an erased account's", (await upload(erased, 'erased', 'public')).publicId)
  ids.set('none that ever was', randomBytes(16).toString('base64url'))

  const anybody = openConnection(server.address)
  const statusOf = async (id: string) => (await anybody.ask('GET', `/v1/playlists/${id}`)).status
  for (const { publicId: id } of [shown, again, deleted]) expect(await statusOf(id)).toBe(200)
  await dj.patch(`/v1/sessions/${again.key}`, { visibility: 'private' })
  await dj.delete(`/v1/sessions/${deleted.key}`)
  const { status } = (await erased.delete('/v1/me')).json<{ status: string }>()
  await waitFor(
    'the erasure',
    async () => (await dj.get(status)).json<ErasureStatus>().state !== 'accepted',
    BUSY_MS_MAX,
  )
  for (const id of ids.values()) await waitFor('the playlist to be gone', async () => (await statusOf(id)) === 404)
  connection = anybody
  return () => connection.close()
})

const HTML = { accept: 'text/html' }
const requests: readonly (readonly [string, string, string, Readonly<Record<string, string>>])[] = [
  ...['GET', 'HEAD'].flatMap((method) => [
    [`${method} as JSON`, method, '/v1/playlists/', {}] as const,
    [`${method} as JSON, with a tag`, method, '/v1/playlists/', { 'if-none-match': '"of-some-body"' }] as const,
    [`${method} as JSON, with any tag`, method, '/v1/playlists/', { 'if-none-match': '*' }] as const,
    [`${method} as a page`, method, '/playlists/', HTML] as const,
    [`${method} as a page, with any tag`, method, '/playlists/', { ...HTML, 'if-none-match': '*' }] as const,
    [`${method} as a page, for a program`, method, '/playlists/', { accept: '*/*' }] as const,
  ]),
]

describe('PRIVACY 1: a private session, one made private again, a deleted one, an erased one and none at all', () => {
  it.each(requests)('have one answer, byte for byte: %s', async (_name, method, path, headers) => {
    const answers = []
    for (const id of ids.values()) {
      const { firstByteMs: _, ...answer } = await connection.ask(method, `${path}${id}`, headers)
      answers.push(answer)
    }
    expect(answers[0]?.status).toBe(404)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    // A public one has another.
    expect((await connection.ask(method, `${path}${publicId}`, headers)).status).not.toBe(404)
  })

  // Times of two kinds of request are compared with each other, from the same minute and connection. No time is held
  // against a limit, so a slow machine makes no difference.
  it('have answers that take as long: 1,000 requests each, in turns, show no difference', {
    timeout: 600_000,
  }, async () => {
    const times = await measure(ids, async (id) => (await connection.ask('GET', `/v1/playlists/${id}`)).firstByteMs)
    const differences = pairsOf([...times]).map(([[one, left], [other, right]]) => ({
      pair: `${one} – ${other}`,
      deviations: rankDifference(left, right),
    }))
    expect(differences.filter(({ deviations }) => deviations > DEVIATIONS_MAX)).toEqual([])
  })
})

/** Takes the time of each kind as often as the others, in rounds of which each has its own order. */
async function measure<T>(
  kinds: ReadonlyMap<string, T>,
  take: (kind: T) => Promise<number>,
): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map([...kinds.keys()].map((name) => [name, [] as number[]]))
  for (let round = 0; round < REQUESTS; round += 1) {
    for (const [name, kind] of shuffled([...kinds])) times.get(name)?.push(await take(kind))
  }
  return times
}

function shuffled<T>(list: readonly T[]): T[] {
  const order = randomBytes(4 * list.length)
  return list
    .map((value, index) => ({ value, place: order.readUInt32LE(4 * index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)
}

function pairsOf<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other): [T, T] => [one, other]))
}
