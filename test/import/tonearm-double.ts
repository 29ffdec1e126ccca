import { gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { onTestFinished } from 'vitest'
import type { SessionUpload } from '#schemas/records/session.ts'

/** An answer that is given instead of the usual one. */
export interface Fault {
  readonly status: number
  readonly code?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface DoubleOptions {
  /** Asked for every request; what it returns is the answer. */
  readonly fault?: (request: { method: string; url: string; sessions: readonly SessionUpload[] }) => Fault | undefined
  /** Code with which a session is rejected. */
  readonly reject?: (session: SessionUpload) => string | undefined
}

/** A server that keeps sessions as the contract says, on a port of its own, and remembers what it was sent. */
export async function startDouble({ fault, reject }: DoubleOptions = {}) {
  const app = Fastify({ bodyLimit: 64 * 1024 * 1024 })
  const stored = new Map<string, SessionUpload>()
  const uploads: SessionUpload[][] = []
  const requests: string[] = []
  const profiles: unknown[] = []

  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.from(body)
    const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
    done(null, JSON.parse(text.toString()))
  })
  app.addHook('preHandler', async (request, reply) => {
    requests.push(`${request.method} ${request.url}`)
    const { sessions = [] } = (request.body ?? {}) as { sessions?: SessionUpload[] }
    const found = fault?.({ method: request.method, url: request.url, sessions })
    if (found !== undefined) {
      const { status, code = 'some-code', headers = {} } = found
      return reply.code(status).headers(headers).send({ code, status, title: 't', type: 't', detail: 'a detail' })
    }
    if (request.headers.authorization !== 'Bearer good') return reply.code(401).send({ code: 'unauthorized' })
  })
  app.patch('/v1/me/profile', async (request) => {
    profiles.push(request.body)
    return {}
  })
  app.get<{ Querystring: { cursor?: string } }>('/v1/me/sessions', async ({ query }) => {
    // Two a page, so that pages matter.
    const from = Number(query.cursor ?? 0)
    const page = [...stored.values()].slice(from, from + 2).map(({ tracks, ...session }) => ({
      ...session,
      visibility: session.visibility ?? 'private',
      contributeToCharts: session.contributeToCharts ?? true,
      startedAt: session.startedAt.replace('.000Z', 'Z'),
      trackCount: tracks.length,
    }))
    return { sessions: page, ...(from + 2 < stored.size ? { next: String(from + 2) } : {}) }
  })
  app.post<{ Body: { sessions: SessionUpload[] } }>('/v1/sessions', async ({ body }, reply) => {
    uploads.push(body.sessions)
    const accepted: unknown[] = []
    const rejected: unknown[] = []
    for (const [index, session] of body.sessions.entries()) {
      const code = reject?.(session)
      if (code !== undefined) rejected.push({ index, id: session.id, code, detail: 'a detail' })
      else {
        stored.set(`${session.historyId} ${session.id}`, session)
        accepted.push({ id: session.id })
      }
    }
    const lists = { accepted, rejected }
    return accepted.length > 0
      ? reply.code(202).send(lists)
      : reply.code(422).send({ code: 'nothing-accepted', detail: 'none', ...lists })
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  return { url, stored, uploads, requests, profiles, sent: () => uploads.flat().map(({ id }) => id) }
}
