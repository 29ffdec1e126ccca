import { afterEach, describe, expect, it } from 'vitest'
import { waitFor } from '../../support/wait-for.ts'
import { openSite } from '../open-site.ts'
import { PUBLIC_ID, publicSet, trackAt } from './public-set.ts'

const site = openSite({ liveIntervalMs: 20 })
const set = publicSet(site)
const address = () => {
  const { server } = site.server()
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  return `http://127.0.0.1:${bound.port}`
}

interface Listener {
  readonly status: number
  readonly type: string | null
  /** All that came so far. */
  text(): string
  hasEnded(): boolean
  leave(): void
}

const listeners: Listener[] = []

async function listen(path = `/playlists/${PUBLIC_ID}/events`): Promise<Listener> {
  const leaving = new AbortController()
  const answer = await fetch(`${address()}${path}`, { signal: leaving.signal })
  let text = ''
  let hasEnded = false
  const reading = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true })
  }
  // It is left in the middle by some of the tests.
  reading()
    .catch(() => undefined)
    .finally(() => {
      hasEnded = true
    })
  const listener = {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: () => text,
    hasEnded: () => hasEnded,
    leave: () => leaving.abort(),
  }
  listeners.push(listener)
  return listener
}

afterEach(() => {
  for (const listener of listeners.splice(0)) listener.leave()
})

async function begin(): Promise<void> {
  await set.store({ tracks: [trackAt(site.clock.nowMs, 0, { title: 'First' })] })
  await set.publish()
  await site.server().listen({ port: 0, host: '127.0.0.1' })
}

describe('the events of a set that goes on', () => {
  it('bring each new track to all who listen, in their language', async () => {
    await begin()
    const english = await listen()
    const german = await listen(`/de/playlists/${PUBLIC_ID}/events`)
    expect(english.type).toBe('text/event-stream; charset=utf-8')
    await set.store({
      tracks: [trackAt(site.clock.nowMs, 0, { title: 'First' }), trackAt(site.clock.nowMs, 1, { title: '<b>Second' })],
    })
    await waitFor('news', () => english.text().includes('Second') && german.text().includes('Second'))
    expect(english.text()).toContain('event: set\n')
    expect(english.text()).toContain('2 tracks so far.')
    expect(german.text()).toContain('Bisher 2 Tracks.')
    expect(english.text()).not.toContain('<b>')
  })

  it.each([
    ['makes it private', () => set.choose('visibility', 'private')],
    ['deletes it', () => set.choose('deleted', true)],
    ['erases the account', () => set.publish(1)],
  ])('end when its DJ %s, without saying so', async (_what, hide) => {
    await begin()
    const listener = await listen()
    await hide()
    await waitFor('news', () => listener.hasEnded())
    expect(listener.text()).toMatch(/event: over\ndata: \{\}\n\n$/)
    expect((await listen()).status).toBe(404)
  })

  it('end when the set does, and then there is nothing to come again for', async () => {
    await begin()
    const listener = await listen()
    await set.store({ startedAt: '2026-02-18T12:00:00.000Z', endedAt: new Date(site.clock.nowMs).toISOString() })
    await waitFor('news', () => listener.hasEnded())
    expect(listener.text()).toContain('event: over')
    expect((await listen()).status).toBe(204)
  })

  it('end when nothing was heard of the set for half an hour', async () => {
    await begin()
    const listener = await listen()
    site.clock.nowMs += 31 * 60_000
    await waitFor('news', () => listener.hasEnded())
    expect(listener.text()).toContain('event: over')
  })

  it('end when the server does', async () => {
    await begin()
    const listener = await listen()
    await site.server().close()
    await waitFor('news', () => listener.hasEnded())
  })

  it('cost the store the same for one who listens as for many', async () => {
    await begin()
    const all = await Promise.all(Array.from({ length: 20 }, () => listen()))
    await set.store({ tracks: [trackAt(site.clock.nowMs, 1, { title: 'Second' })] })
    await waitFor('news', () => all.every((listener) => listener.text().includes('Second')))
    const before = site.statements.count
    await set.store({ tracks: [trackAt(site.clock.nowMs, 2, { title: 'Third' })] })
    await waitFor('news', () => all.every((listener) => listener.text().includes('Third')))
    // One lookup is six statements; 20 of them at an interval would be 120.
    expect(site.statements.count - before).toBeLessThan(60)
  })

  it('are refused to who has taken all places of an address, and given again when one leaves', async () => {
    await begin()
    const all = await Promise.all(Array.from({ length: 50 }, () => listen()))
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
    const refused = await listen()
    expect(refused.status).toBe(503)
    all[0]?.leave()
    await waitFor('a place', async () => (await listen()).status === 200)
  })
})
