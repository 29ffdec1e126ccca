import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { newDataDir, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

async function sessionIds(dj: ApiClient): Promise<string[]> {
  const ids: string[] = []
  let next: string | undefined
  do {
    const page = (await dj.get(`/v1/me/sessions?limit=1000${next === undefined ? '' : `&cursor=${next}`}`)).json<{
      sessions: OwnSessionSummary[]
      next?: string
    }>()
    ids.push(...page.sessions.map(({ id }) => id))
    next = page.next
  } while (next !== undefined)
  return ids
}

/**
 * Uploads sessions one after the other until the server is gone; the ids of those it answered 202 for.
 * @param onAccepted called with the number of accepted sessions after each
 */
async function uploadUntilGone(dj: ApiClient, prefix: string, onAccepted: (count: number) => void): Promise<string[]> {
  const accepted: string[] = []
  for (let number = 0; ; number++) {
    const id = `${prefix}-${number}`
    const answer = await dj.post('/v1/sessions', { json: sessionOf(id) }).catch(() => undefined)
    if (answer === undefined) return accepted
    if (answer.status === 202) onAccepted(accepted.push(id))
    else expect(answer.status).toBe(503)
  }
}

it.each(['SIGTERM', 'SIGINT'] as const)('serves, prints its address, and ends with status 0 on %s', async (signal) => {
  const server = await startServer()
  expect(server.stdout()).toMatch(/^Tonearm serves at http:\/\/127\.0\.0\.1:\d+\n$/)
  expect((await fetch(new URL('/healthz', server.address))).status).toBe(200)
  expect((await fetch(new URL('/readyz', server.address))).status).toBe(200)
  expect(await stopServer(server, signal)).toEqual({ status: 0, signal: null })
})

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'loses no session that it accepted when %s comes while uploads are under way, and starts again on the same folder',
  async (signal) => {
    const server = await startServer({ settings: { UPLOADS_PER_MINUTE: '100000' } })
    const dj = await server.api('ana')
    const uploads = ['a', 'b', 'c', 'd'].map((prefix) =>
      uploadUntilGone(dj, prefix, (count) => {
        if (prefix === 'a' && count === 20) server.signal(signal)
      }),
    )
    const accepted = (await Promise.all(uploads)).flat()
    expect(await server.ended).toEqual(
      signal === 'SIGTERM' ? { status: 0, signal: null } : { status: null, signal: 'SIGKILL' },
    )
    expect(accepted.length).toBeGreaterThanOrEqual(20)
    // An end that was forced, since something would not close, is told there.
    expect(server.stderr()).toBe('')

    const again = await startServer({ dataDir: server.dataDir })
    const client = await again.api('ana')
    const kept = await waitFor('all accepted sessions', async () => {
      const ids = await sessionIds(client)
      return accepted.every((id) => ids.includes(id)) && ids
    })
    expect(new Set(kept).size).toBe(kept.length)
    expect(await stopServer(again)).toEqual({ status: 0, signal: null })
  },
)

it('takes an upload whole whose body is still coming when SIGTERM comes, and answers it', async () => {
  const server = await startServer()
  const { token } = await server.api('ana')
  const body = Buffer.from(Array.from({ length: 500 }, (_, index) => JSON.stringify(sessionOf(`${index}`))).join('\n'))
  const half = Math.floor(body.length / 2)
  const upload = request(new URL('/v1/sessions', server.address), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'content-length': body.length,
      // So that the server says when it has the request in hand.
      expect: '100-continue',
    },
  })
  const answer = once(upload, 'response')
  upload.flushHeaders()
  await once(upload, 'continue')
  upload.write(body.subarray(0, half))
  server.signal('SIGTERM')
  await waitFor('the server to take no one else', () =>
    fetch(new URL('/healthz', server.address)).then(
      ({ status }) => status === 503,
      () => true,
    ),
  )
  upload.end(body.subarray(half))
  const [response] = await answer
  expect(response.statusCode).toBe(202)
  response.resume()
  expect(await server.ended).toEqual({ status: 0, signal: null })

  const again = await startServer({ dataDir: server.dataDir })
  const client = await again.api('ana')
  await waitFor('the sessions', async () => (await sessionIds(client)).length === 500)
})

it('lets only one process into a data folder, and the second says which one has it', async () => {
  const server = await startServer()
  const second = startServer({ dataDir: server.dataDir })
  await expect(second).rejects.toThrow(new RegExp(`ended with 1: .*is in use by process ${server.pid} `))
  expect((await fetch(new URL('/readyz', server.address))).status).toBe(200)
})

it('refuses a store that was made with another master key, and makes no new people of those in it', async () => {
  const server = await startServer({ settings: { MASTER_KEY: Buffer.alloc(32, 1).toString('base64') } })
  await (await server.api('ana')).post('/v1/sessions', { json: sessionOf('1') })
  await stopServer(server)
  const { dataDir } = server
  const other = startServer({ dataDir, settings: { MASTER_KEY: Buffer.alloc(32, 2).toString('base64') } })
  await expect(other).rejects.toThrow(
    'ended with 1: key-mismatch: the master key is not the one that this data was made with\n',
  )
  // Without any, as well: a key that was made anew is another one.
  await expect(startServer({ dataDir })).rejects.toThrow('ended with 1: key-mismatch: ')
})

it('says so when its log is gone while the store is there, and goes on with a new one only when told to', async () => {
  const dataDir = newDataDir()
  const server = await startServer({ dataDir })
  const dj = await server.api('ana')
  await dj.post('/v1/sessions', { ndjson: [sessionOf('1', { name: 'Old' }), sessionOf('2', { name: 'Stays' })] })
  await dj.patch('/v1/me/profile', { displayName: 'Ana' })
  await waitFor('both sessions', async () => (await sessionIds(dj)).length === 2)
  await stopServer(server)
  rmSync(join(dataDir, 'log'), { recursive: true })

  await expect(startServer({ dataDir })).rejects.toThrow(/^[^\n]*ended with 1: other-log: .*--accept-new-log.*\n$/)

  const anew = await startServer({ dataDir, args: ['--accept-new-log'] })
  const client = await anew.api('ana')
  expect((await client.get('/v1/me/profile')).json()).toMatchObject({ displayName: 'Ana' })
  // The new log counts from 0 again; what comes by it is newer all the same.
  await client.post('/v1/sessions', { json: sessionOf('1', { name: 'New' }) })
  const names = await waitFor('the new upload', async () => {
    const { sessions } = (await client.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
    const byId = Object.fromEntries(sessions.map(({ id, name }) => [id, name]))
    return byId['1'] === 'New' && byId
  })
  expect(names).toEqual({ 1: 'New', 2: 'Stays' })
  await stopServer(anew)

  const once = await startServer({ dataDir })
  expect(await sessionIds(await once.api('ana'))).toHaveLength(2)
})
