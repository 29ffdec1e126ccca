import { describe, expect, it } from 'vitest'
import { waitFor } from '../support/wait-for.ts'
import { openAccount } from './open-account.ts'

const account = openAccount({ waitMsMax: 50 })
const headers = { authorization: 'Bearer dj' }
const patch = (payload: object) => account.server().inject({ method: 'PATCH', url: '/v1/me/profile', headers, payload })

describe('a change of the profile while the store is behind', () => {
  it('is answered with the profile as it will be, and is in the log', async () => {
    await patch({ displayName: 'DJ Tide', choices: { usage: false } })
    account.ingest.isRunning = false
    const answer = await patch({ choices: { charts: true }, displayName: null })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ displayName: null, choices: { charts: true, usage: false } })
    await waitFor('both events', () => account.events.length === 2)
  })
})

describe('a change of the profile while the log is out of reach', () => {
  it('is refused with the time to wait, and says that trying again is safe', async () => {
    await account.log().close()
    const answer = await patch({ displayName: 'T' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'log-unavailable' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })
})
