import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountExport } from '#schemas/records/account-export.ts'
import type { AuditList, DeadLetterList } from '#schemas/records/admin.ts'
import type { ApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { waitFor } from '../support/wait-for.ts'
import { openService, pseudonyms } from './open-service.ts'

const service = openService()
let admin: ApiClient

beforeAll(() => {
  admin = service.api('eva', 'admin')
})

/** An account whose id has to be encoded in a path. */
const DJ = 'auth0|ana/1 %2F ä'
const path = (account: string, rest = '') => `/v1/accounts/${encodeURIComponent(account)}${rest}`
const codeOf = (answer: { status: number; json: () => Record<string, unknown> }) => ({
  status: answer.status,
  code: answer.json()['code'],
})

describe('PRIVACY 8, 9 and 10: on a written request an admin', () => {
  it('exports what is held on an account, as its DJ does', async () => {
    const dj = service.api(DJ)
    await dj.patch('/v1/me/profile', { displayName: 'Ana', choices: { charts: true }, consentText: '2026-1' })
    await dj.post('/v1/sessions', { json: sessionOf('1') })
    await service.settled()
    const exported = await admin.get(path(DJ, '/export'))
    expect(exported.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(exported.json<AccountExport>()).toEqual((await dj.get('/v1/me/export')).json<AccountExport>())
    expect(exported.json<AccountExport>().sessions).toHaveLength(1)
  })

  it('corrects the profile of an account, and no other', async () => {
    const corrected = await admin.patch(path('berta', '/profile'), { location: { country: 'DE' } })
    expect({ status: corrected.status, ...corrected.json() }).toMatchObject({
      status: 200,
      location: { country: 'DE' },
    })
    expect((await service.api('berta').get('/v1/me/profile')).json()).toEqual(corrected.json())
    expect((await service.api('eva').get('/v1/me/profile')).json()).toMatchObject({ location: { country: null } })
    expect(codeOf(await admin.patch(path('berta', '/profile'), { location: { country: 'XX' } }))).toEqual({
      status: 422,
      code: 'invalid-profile',
    })
  })

  it('withdraws consent and objects, but gives no consent and takes no objection back', async () => {
    const dj = service.api('carla')
    await dj.patch('/v1/me/profile', { choices: { charts: true } })
    const narrowed = await admin.patch(path('carla', '/profile'), { choices: { charts: false, statistics: false } })
    expect(narrowed.json()).toMatchObject({ choices: { charts: false, statistics: false, usage: true } })
    for (const [choices, errorPath] of [
      [{ charts: true }, '/choices/charts'],
      [{ statistics: true }, '/choices/statistics'],
      [{ statistics: null }, '/choices/statistics'],
      [null, '/choices/statistics'],
    ] as const) {
      const answer = await admin.patch(path('carla', '/profile'), { displayName: 'Carla', choices })
      expect(codeOf(answer)).toEqual({ status: 422, code: 'invalid-profile' })
      expect(answer.json()['errors']).toEqual([{ path: errorPath, message: expect.stringContaining("DJ's own word") }])
    }
    expect((await dj.get('/v1/me/profile')).json()).toEqual(narrowed.json())
    // What is as it was is no change.
    const same = await admin.patch(path('carla', '/profile'), { choices: { statistics: false, usage: true } })
    expect(same.status).toBe(200)
  })

  it('erases an account, which then stays closed until its DJ begins anew', async () => {
    const dj = service.api('dora')
    await dj.patch('/v1/me/profile', { displayName: 'Dora' })
    const erased = await admin.delete(path('dora'))
    expect(erased.status).toBe(202)
    expect(erased.json()).toEqual({ receipt: expect.any(String), status: expect.stringMatching(/^\/v1\/erasures\//) })
    await service.settled()
    expect((await dj.get('/v1/me/profile')).json()).toMatchObject({ displayName: null })
    const change = await admin.patch(path('dora', '/profile'), { displayName: 'Dora' })
    expect(codeOf(change)).toEqual({ status: 403, code: 'account-erased' })
    await dj.patch('/v1/me/profile', { displayName: 'Dora again' })
    expect((await admin.patch(path('dora', '/profile'), { displayName: 'Dora' })).status).toBe(200)
  })

  it('blocks an account, whose uploads are then refused, and lifts the block', async () => {
    const dj = service.api('edith')
    const upload = async () => codeOf(await dj.post('/v1/sessions', { json: sessionOf('1') }))
    const blocked = await admin.request('PUT', path('edith', '/block'))
    expect({ status: blocked.status, body: blocked.json() }).toEqual({
      status: 202,
      body: { block: 'account-blocked' },
    })
    await waitFor('the block', async () => (await upload()).status === 403)
    expect(await upload()).toEqual({ status: 403, code: 'account-blocked' })
    expect((await dj.get('/v1/me/profile')).status).toBe(200)

    const lifted = await admin.delete(path('edith', '/block'))
    expect({ status: lifted.status, body: lifted.json() }).toEqual({ status: 202, body: { block: null } })
    await waitFor('the end of the block', async () => (await upload()).status === 202)
  })

  it('lifts the block of an account that said to be under 16, and makes none of another kind of it', async () => {
    const dj = service.api('frida')
    await dj.patch('/v1/me/profile', { birthDate: '2015-01-01' })
    await service.settled()
    expect((await admin.request('PUT', path('frida', '/block'))).json()).toEqual({ block: 'under-age' })
    expect(codeOf(await admin.patch(path('frida', '/profile'), { displayName: 'F' }))).toEqual({
      status: 403,
      code: 'under-age',
    })
    await admin.delete(path('frida', '/block'))
    await service.settled()
    expect((await dj.patch('/v1/me/profile', { displayName: 'Frida' })).json()).toMatchObject({ displayName: 'Frida' })
  })

  it('cannot be a DJ or an analyst', async () => {
    for (const scope of ['dj', 'analyst'] as const) {
      const other = service.api('eva', scope)
      for (const [method, rest] of [
        ['GET', '/export'],
        ['PATCH', '/profile'],
        ['DELETE', ''],
        ['PUT', '/block'],
        ['DELETE', '/block'],
      ] as const) {
        expect((await other.request(method, path(DJ, rest))).status, `${method} ${rest}`).toBe(403)
      }
      for (const list of ['/v1/dead-letters', '/v1/audit']) expect((await other.get(list)).status).toBe(403)
    }
  })
})

describe('the dead letters', () => {
  it('are listed newest first, page by page, without their content and whose they are', async () => {
    const owner = pseudonyms.owner('greta')
    for (const text of ['no JSON', '[]', '{"v":1,"type":"dance","owner":"","at":1}']) {
      await service.log().append([{ owner, payload: Buffer.from(`${text}`) }])
    }
    await service.settled()
    const first = (await admin.get('/v1/dead-letters?limit=2')).json<DeadLetterList>()
    const second = (await admin.get(`/v1/dead-letters?limit=2&cursor=${first.next}`)).json<DeadLetterList>()
    const letters = [...first.deadLetters, ...second.deadLetters]
    expect(second.next).toBeUndefined()
    expect(letters.map(({ reason }) => reason)).toEqual(['unknown-type', 'unreadable', 'unreadable'])
    expect(letters[0]).toEqual({
      partition: 0,
      offset: expect.any(Number),
      at: new Date(service.clock.nowMs).toISOString(),
      reason: 'unknown-type',
      detail: expect.any(String),
    })
    expect(JSON.stringify([first, second])).not.toMatch(new RegExp(`${owner}|dance|no JSON`))
  })

  it('refuse a cursor that is none of theirs', async () => {
    const made = Buffer.from('{"partition":0,"offset":-1}').toString('base64url')
    for (const cursor of ['nonsense', made]) {
      for (const list of ['dead-letters', 'audit']) {
        expect((await admin.get(`/v1/${list}?cursor=${cursor}`)).status, list).toBe(400)
      }
    }
  })
})

describe('PRIVACY 15: the audit trail', () => {
  const auditOf = async (query = '') => (await admin.get(`/v1/audit${query}`)).json<AuditList>()

  it('tells who did what to whom and how it ended, by keyed hashes, newest first and this request too', async () => {
    service.clock.nowMs += 1000
    await admin.patch(path('hanna', '/profile'), { displayName: 'Hanna' })
    service.clock.nowMs += 1000
    await service.api('ines', 'admin').patch(path('hanna', '/profile'), { displayName: 1 })
    service.clock.nowMs += 1000
    const { actions } = await auditOf('?limit=3')
    const [eva, ines, hanna] = ['eva', 'ines', 'hanna'].map((account) => pseudonyms.auditSubject(account))
    const action = 'PATCH /v1/accounts/:sub/profile'
    const at = new Date(service.clock.nowMs).toISOString()
    expect(actions).toMatchObject([
      { at, actor: eva, action: 'GET /v1/audit', subject: null, status: null },
      { actor: ines, action, subject: hanna, status: 422 },
      { actor: eva, action, subject: hanna, status: 200 },
    ])
  })

  it('goes on page by page, also over entries of one instant', async () => {
    for (let index = 0; index < 5; index++) await admin.get('/v1/dead-letters')
    // What has come since the first page is on none.
    const seen: string[] = []
    let page = await auditOf('?limit=2')
    for (; page.next !== undefined; page = await auditOf(`?limit=2&cursor=${page.next}`)) {
      seen.push(...page.actions.map((entry) => JSON.stringify(entry)))
    }
    seen.push(...page.actions.map((entry) => JSON.stringify(entry)))
    const [rows] = await service
      .store()
      .rows<{ entries: string }>("SELECT count() AS entries FROM audit.actions FINAL WHERE action != 'GET /v1/audit'")
    expect(seen.filter((entry) => !entry.includes('GET /v1/audit'))).toHaveLength(Number(rows?.entries))
  })

  it('has no account id in it, and none is in the log lines', async () => {
    const rows = await service.store().rows<object>('SELECT * FROM audit.actions')
    const kept = JSON.stringify(rows) + service.logged()
    expect(rows.length).toBeGreaterThan(0)
    for (const account of [DJ, encodeURIComponent(DJ), 'auth0', 'berta', 'eva"', 'hanna']) {
      expect(kept).not.toContain(account)
    }
    expect(kept).not.toContain(pseudonyms.owner('hanna'))
  })
})
