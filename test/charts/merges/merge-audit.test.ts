import { pino } from 'pino'
import { expect, it } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createServer } from '#platform/http/server.ts'
import { createMergeRoutes } from '../../../services/charts/merges/merge-routes.ts'
import { openMerges, pseudonyms } from './open-merges.ts'

const merges = openMerges()
const [a, b] = ['1'.repeat(16), '2'.repeat(16)]

it('stands in the audit trail with every decision, by a keyed hash, and with how it ended', async () => {
  await merges.request('PUT', `/${a}`, { into: b })
  await merges.request('PUT', `/${a}`, { into: a })
  await merges.request('GET', '')
  const actor = pseudonyms.auditSubject('eva')
  expect(await merges.audit().read(undefined, 10)).toMatchObject([
    { actor, action: 'GET /v1/merges', subject: '', outcome: 200 },
    { actor, action: 'PUT /v1/merges/:trackId', subject: '', outcome: 422 },
    { actor, action: 'PUT /v1/merges/:trackId', subject: '', outcome: 200 },
  ])
})

it('is refused where the audit trail cannot be written, and nothing is decided', async () => {
  const server = createServer({ logger: pino({ level: 'silent' }) })
  const begin = () => Promise.reject(new TonearmError('store-refused', 'no right to write'))
  await server.register(
    createMergeRoutes({
      store: merges.store(),
      audit: { ...merges.audit(), begin },
      pseudonyms,
      verifyToken: async () => ({ accountId: 'eva', scopes: new Set(['admin']) }),
      clock: () => merges.clock.nowMs,
    }),
  )
  const headers = { authorization: 'Bearer eva' }
  const answer = await server.inject({ method: 'PUT', url: `/v1/merges/${a}`, headers, payload: { into: b } })
  expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status: 503, code: 'store-unavailable' })
  expect((await merges.request('GET', `/${a}`)).body).toMatchObject({ into: null, history: [] })
  await server.close()
})
