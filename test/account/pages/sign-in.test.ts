import { beforeAll, describe, expect, it } from 'vitest'
import { sessionOf } from '../../support/session-of.ts'
import { openService } from '../open-service.ts'

const service = openService()
// The store forgets ended sign-ins by a clock of its own, which is the real one.
beforeAll(() => {
  service.clock.nowMs = Math.floor(Date.now() / 1000) * 1000
})
const codeOf = (link: string) => new URL(link, service.address()).searchParams.get('code') ?? ''

describe('a one-time link', () => {
  it('asks first, and then signs in as its account', async () => {
    const visitor = await service.visitor()
    const link = await service.link('ana <b>tide</b>')
    const asked = await visitor.get(link)
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('Sign in as <bdi>ana &lt;b&gt;tide&lt;/b&gt;</bdi>')
    expect(visitor.cookies.size).toBe(0)
    const page = await visitor.post('/me/sign-in', { code: codeOf(link) })
    expect([page.status, page.path]).toEqual([200, '/me'])
    expect(page.text).toContain('Sign out')
  })

  it('can be looked at often and used once', async () => {
    const link = await service.link('ana')
    const [first, second] = [await service.visitor(), await service.visitor()]
    await Promise.all([first.get(link), first.get(link), second.get(link)])
    const used = await Promise.all([first, second].map((one) => one.post('/me/sign-in', { code: codeOf(link) })))
    expect(used.map(({ status }) => status).sort()).toEqual([200, 403])
    expect((await (await service.visitor()).get(link)).text).toContain('This link cannot be used')
  })

  it('is too old after ten minutes', async () => {
    const link = await service.link('ana')
    service.clock.nowMs += 11 * 60_000
    const page = await (await service.visitor()).post('/me/sign-in', { code: codeOf(link) })
    expect(page.status).toBe(403)
    expect(page.text).toContain('This link cannot be used')
  })

  it.each(['', 'nonsense', 'a.b.c', 'x'.repeat(10_000)])('that is none signs nobody in', async (code) => {
    const visitor = await service.visitor()
    expect((await visitor.post('/me/sign-in', { code })).status).toBe(403)
    expect(visitor.cookies.size).toBe(0)
  })
})

describe('who is signed in', () => {
  it('has one cookie, which no script reads, no other site sends, and which ends by itself', async () => {
    const visitor = await service.visitor('ana')
    await visitor.get('/me/sessions')
    expect(visitor.cookiesSet).toHaveLength(1)
    expect(visitor.cookiesSet[0]).toMatch(/^tonearm-session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/)
    expect(visitor.cookiesSet[0]).not.toContain('ana')
  })

  it('is asked again after twelve hours', async () => {
    const visitor = await service.visitor('ana')
    expect((await visitor.get('/me')).path).toBe('/me')
    service.clock.nowMs += 12 * 3_600_000 + 1000
    expect((await visitor.get('/me')).path).toBe('/me/sign-in')
  })

  it('signs out, and the cookie is gone', async () => {
    const visitor = await service.visitor('ana')
    await visitor.get('/me')
    expect((await visitor.post('/me/sign-out', {})).text).toContain('You are signed out')
    expect(visitor.cookies.size).toBe(0)
    expect((await visitor.get('/de/me/sessions')).path).toBe('/de/me/sign-in')
  })

  it('signs out every copy of the cookie with it, and no other sign-in', async () => {
    const [visitor, elsewhere, copy] = [
      await service.visitor('ana'),
      await service.visitor('ana'),
      await service.visitor(),
    ]
    for (const [name, value] of visitor.cookies) copy.cookies.set(name, value)
    expect((await copy.get('/me')).path).toBe('/me')
    await visitor.get('/me')
    await visitor.post('/me/sign-out', {})
    expect((await copy.get('/me')).path).toBe('/me/sign-in')
    expect((await copy.get('/me/sign-in')).status).toBe(200)
    expect((await copy.post('/me/begin', {})).path).toBe('/me/sign-in')
    expect((await elsewhere.get('/me')).path).toBe('/me')
  })

  it('leaves behind that a sign-in was ended, until it would have ended by itself, and not whose it was', async () => {
    const visitor = await service.visitor('ana')
    await visitor.get('/me')
    const endsAtMs = service.clock.nowMs + 12 * 3_600_000
    await visitor.post('/me/sign-out', {})
    const rows = await service
      .store()
      .rows<Record<string, string>>(
        'SELECT *, toUnixTimestamp64Milli(expires_at) AS ends FROM operations.ended_sign_ins FINAL',
      )
    expect(rows.map(({ ends }) => Number(ends))).toContain(endsAtMs)
    for (const row of rows) expect(Object.keys(row)).toEqual(['secret_hash', 'expires_at', 'ends'])
  })

  it('sees nothing of others', async () => {
    const { key } = (await service.api('ben').post('/v1/sessions', { json: sessionOf('of-ben') })).json<{
      accepted: { key: string }[]
    }>().accepted[0] ?? { key: '' }
    await service.settled()
    const ana = await service.visitor('ana')
    const unknown = [...key].reverse().join('')
    const pages = [await ana.get(`/me/sessions/${key}`), await ana.get(`/me/sessions/${unknown}`)]
    expect(pages.map(({ status }) => status)).toEqual([404, 404])
    expect(pages[0]?.text).toBe(pages[1]?.text)
    await ana.get('/me')
    expect((await ana.post(`/me/sessions/${key}`, { name: 'Mine' })).status).toBe(404)
    expect((await ana.post(`/me/sessions/${key}/delete`, {})).status).toBe(404)
    expect((await service.api('ben').get(`/v1/me/sessions/${key}`)).json()).not.toHaveProperty('name')
  })
})

describe('a cookie that was not set here', () => {
  it.each(['', 'nonsense', 'a.b.c.d.e'])('signs nobody in: %s', async (value) => {
    const visitor = await service.visitor()
    visitor.cookies.set('tonearm-session', value)
    expect((await visitor.get('/me')).path).toBe('/me/sign-in')
  })

  it('of another use signs nobody in either', async () => {
    const visitor = await service.visitor('ana')
    const [value = ''] = visitor.cookies.values()
    visitor.cookies.clear()
    visitor.cookies.set('tonearm-session', `${value.slice(0, -4)}AAAA`)
    expect((await visitor.get('/me')).path).toBe('/me/sign-in')
  })
})

describe('a form', () => {
  const signedIn = async () => {
    const visitor = await service.visitor('ana')
    await visitor.get('/me')
    return visitor
  }

  it('of another site is refused, whatever else is right', async () => {
    const origins = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of origins) {
      const page = await (await signedIn()).post('/me/begin', {}, headers)
      expect([page.status, page.text.includes('The form was not taken')]).toEqual([403, true])
    }
  })

  it('without the secret of the session is refused, and so is one with the secret of another', async () => {
    const [ana, other] = [await signedIn(), await signedIn()]
    const secret = /name="form" value="([^"]+)"/.exec((await other.get('/me')).text)?.[1] ?? ''
    for (const form of ['', 'x', secret]) expect((await ana.post('/me/begin', { form })).status).toBe(403)
    expect((await ana.post('/me/sign-out', { form: secret })).status).toBe(403)
    expect(ana.cookies.size).toBe(1)
  })

  it('is not taken as JSON', async () => {
    const visitor = await signedIn()
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join()
    const headers = { cookie, origin: service.address(), 'content-type': 'application/json' }
    const answer = await fetch(new URL('/me/begin', service.address()), { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(415)
  })
})

it('names no account in what is logged', () => {
  expect(service.logged()).toContain('/me/sign-in')
  expect(service.logged()).not.toMatch(/ana|ben|code=/)
})
