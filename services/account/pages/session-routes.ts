/**
 * The overview, the sessions, one session, and what is decided for it.
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Compile } from 'typebox/compile'
import { HttpProblem } from '#platform/http/problem.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { closedReason, readAccountStates } from '#platform/store/account-states.ts'
import { SessionPatch } from '#schemas/records/session.ts'
import { changeProfile, readProfile } from '../change-profile.ts'
import { chooseForSession, deleteSession } from '../change-session.ts'
import { listOwnSessions, readOwnSession } from '../own-sessions.ts'
import { decodeSessionCursor } from '../session-cursor.ts'
import type { OwnPagesDependencies } from './own-pages-options.ts'
import type { Form } from './sign-in/read-form.ts'
import { overviewPage } from './views/overview-page.ts'
import { outcomeQuery, readOutcome } from './views/own-page.ts'
import { deleteSessionPage } from './views/session-decisions.ts'
import { sessionPage, TRACKS_PER_PAGE } from './views/session-page.ts'
import { sessionsPage } from './views/sessions-page.ts'
import { sendPage, visitFormOf, visitOf } from './visit.ts'

const NEWEST_SESSIONS = 5
const SESSIONS_PER_PAGE = 50
const WORDS_LENGTH_MAX = 200

type Query = Readonly<Record<string, unknown>>
type SessionRequest = FastifyRequest<{ Params: { key: string }; Querystring: Query }>

const sessionPatch = Compile(SessionPatch)

export function sessionRoutes(server: FastifyInstance, dependencies: OwnPagesDependencies): void {
  const { store } = dependencies

  server.get<{ Querystring: Query }>('/me', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const [profile, { sessions }, states] = await Promise.all([
      readProfile(store, visit.owner),
      listOwnSessions(visit.owner, { limit: NEWEST_SESSIONS, after: undefined }, dependencies),
      readAccountStates(store, [visit.owner]),
    ])
    const closed = closedReason(states.get(visit.owner))
    const page = overviewPage({ profile, sessions, closed, outcome: readOutcome(request.query) }, visit)
    return sendPage(reply, page, visit.locale)
  })

  /** A change that changes nothing is a word of the account's own, which begins a closed one anew. */
  server.post('/me/begin', { schema }, async (request, reply) => {
    const { owner, locale } = visitOf(request)
    await changeProfile(owner, {}, { ...dependencies, trace: request.id })
    return reply.redirect(locale.link('/me') + outcomeQuery(false), 303)
  })

  server.get<{ Querystring: Query }>('/me/sessions', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const { q, cursor, deleted } = request.query
    const words = typeof q === 'string' ? q.trim().slice(0, WORDS_LENGTH_MAX) : ''
    // A cursor that is none of ours shows the first page.
    const after = typeof cursor === 'string' ? decodeSessionCursor(cursor) : undefined
    const asked = { limit: SESSIONS_PER_PAGE, after, ...(words === '' ? {} : { words }) }
    const { sessions, next } = await listOwnSessions(visit.owner, asked, dependencies)
    const shown = { sessions, next, words, isLater: after !== undefined, wasRemoved: deleted === 'yes' }
    return sendPage(reply, sessionsPage(shown, visit), visit.locale)
  })

  server.get('/me/sessions/:key', { schema }, (request: SessionRequest, reply) => showSession(request, reply))

  server.post('/me/sessions/:key', { schema }, async (request: SessionRequest, reply) => {
    const { owner, locale } = visitOf(request)
    const choices = choicesOf(visitFormOf(request))
    // Who asks for a session that is not theirs gets the answer of one that does not exist.
    const { key } = await readOwnSession(owner, request.params.key, dependencies)
    if (choices === undefined) return showSession(request, reply, true)
    const isShown = await chooseForSession(owner, key, choices, { ...dependencies, trace: request.id })
    return reply.redirect(locale.link(`/me/sessions/${key}`) + outcomeQuery(isShown), 303)
  })

  server.get('/me/sessions/:key/delete', { schema }, async (request: SessionRequest, reply) => {
    const visit = visitOf(request)
    const session = await readOwnSession(visit.owner, request.params.key, dependencies)
    return sendPage(reply, deleteSessionPage(session, visit), visit.locale)
  })

  server.post('/me/sessions/:key/delete', { schema }, async (request: SessionRequest, reply) => {
    const { owner, locale } = visitOf(request)
    const { key } = await readOwnSession(owner, request.params.key, dependencies)
    const isShown = await deleteSession(owner, key, { ...dependencies, trace: request.id })
    return reply.redirect(locale.link('/me/sessions') + (isShown ? '?deleted=yes' : outcomeQuery(false)), 303)
  })

  async function showSession(request: SessionRequest, reply: FastifyReply, isNameRefused = false) {
    const visit = visitOf(request)
    const session = await readOwnSession(visit.owner, request.params.key, dependencies)
    const from = firstTrack(request.query['from'], session.tracks.length)
    const outcome = isNameRefused ? 'refused' : readOutcome(request.query)
    const page = sessionPage({ session, from, outcome, isNameRefused }, visit)
    return sendPage(reply, page, visit.locale, isNameRefused ? 422 : 200)
  }
}

/** The place, from 0, of the first track of the part that `from`, counted from 1, lies in. */
function firstTrack(from: unknown, tracks: number): number {
  const index = Math.min(Math.max(Number(from) || 1, 1), Math.max(tracks, 1)) - 1
  return Math.floor(index / TRACKS_PER_PAGE) * TRACKS_PER_PAGE
}

/** What a form chooses; `undefined` where its name cannot be one. Throws the problem `form-refused` where it says nothing. */
function choicesOf(form: Form): SessionPatch | undefined {
  const [name, visibility, contributes] = [form.get('name'), form.get('visibility'), form.get('contributeToCharts')]
  const choices = {
    ...(name === null ? {} : { name: name.trim() || null }),
    ...(visibility === null ? {} : { visibility }),
    ...(contributes === null ? {} : { contributeToCharts: contributes === 'yes' }),
  }
  if (Object.keys(choices).length === 0) throw new HttpProblem('form-refused')
  const isUsable = sessionPatch.Check(choices) && !/[\p{Cc}\p{Cs}]/u.test(name ?? '')
  return isUsable ? choices : undefined
}
