/**
 * Where editors put right what is one track and what is two (CONTRACT.md, "Admin").
 * @module
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { AuditTrail } from '#platform/audit/audit-trail.ts'
import type { VerifyToken } from '#platform/http/access.ts'
import { prepareAdminRoutes } from '#platform/http/admin-routes.ts'
import { HttpProblem } from '#platform/http/problem.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { toTrackId } from '#rules/track-identity.ts'
import type { MergeSuggestion, MergeSuggestions, TrackMerges } from '#schemas/records/merge.ts'
import {
  mergeSchema,
  mergesSchema,
  SUGGESTIONS_LIMIT,
  type SuggestionsQuery,
  suggestionsSchema,
  type TrackPath,
  undoSchema,
} from './documentation.ts'
import {
  decide,
  decideAll,
  type MergeRow,
  readAppliedMerges,
  readHistoryOf,
  readMergesOf,
  readSuggestions,
} from './merge-rows.ts'
import { type AppliedMerge, resolveMerges, wouldClose } from './resolve-merges.ts'
import { decodeSuggestionCursor, encodeSuggestionCursor } from './suggestion-cursor.ts'

export interface MergeRoutesOptions {
  readonly store: StoreConnection
  readonly verifyToken: VerifyToken
  readonly audit: AuditTrail
  readonly pseudonyms: Pick<Pseudonyms, 'editor' | 'auditSubject'>
  /** Unix milliseconds. */
  readonly clock: () => number
}

const BODY_BYTES_MAX = 4096
const HISTORY_MAX = 1000
const REASON = 'editor'

/** Where the editor's pseudonym of a request stands: the account id itself goes no further than the first hook. */
const EDITOR = 'mergesEditor'

/** The routes `GET /v1/merges` and `GET`, `PUT` and `DELETE /v1/merges/{trackId}`. */
export function createMergeRoutes(options: MergeRoutesOptions): FastifyPluginAsync {
  const { store, verifyToken, audit, pseudonyms, clock } = options
  const inTurn = createTurns()

  return async (server) => {
    server.decorateRequest(EDITOR, '')
    prepareAdminRoutes(server, {
      verifyToken,
      audit,
      pseudonyms,
      bodyBytesMax: BODY_BYTES_MAX,
      admit: (request, accountId) => request.setDecorator(EDITOR, pseudonyms.editor(accountId)),
    })

    server.get<{ Querystring: SuggestionsQuery }>('/v1/merges', { schema: suggestionsSchema }, (request) =>
      listSuggestions(store, request.query),
    )

    server.get<{ Params: TrackPath }>('/v1/merges/:trackId', { schema: mergesSchema }, (request) =>
      readTrackMerges(store, trackOf(request.params)),
    )

    server.put<{ Params: TrackPath }>('/v1/merges/:trackId', { schema: mergeSchema }, (request) => {
      const track = trackOf(request.params)
      const into = readInto(request.body)
      return inTurn(async () => {
        refuseCircle(await readAppliedMerges(store), track, into)
        await decide(store, { track, into, state: 'applied', ...decidedBy(request) }, clock)
        return await readTrackMerges(store, track)
      })
    })

    server.delete<{ Params: TrackPath }>('/v1/merges/:trackId', { schema: undoSchema }, (request) => {
      const track = trackOf(request.params)
      return inTurn(async () => {
        const rows = await readMergesOf(store, track)
        const undone = rows
          .filter((row) => row.state === 'suggested' || (row.state === 'applied' && row.track === track))
          .map(({ track: from, into }) => ({ track: from, into, state: 'undone', ...decidedBy(request) }) as const)
        await decideAll(store, undone, clock)
        return await readTrackMerges(store, track)
      })
    })
  }
}

async function readTrackMerges(store: StoreConnection, track: string): Promise<TrackMerges> {
  const rows = await readMergesOf(store, track)
  const applied = rows.filter(({ state }) => state === 'applied')
  const into = applied.find((row) => row.track === track)?.into
  const suggested = rows.filter(({ state }) => state === 'suggested')
  const history = await readHistoryOf(store, track, HISTORY_MAX)
  return {
    trackId: toTrackId(track),
    into: into === undefined ? null : toTrackId(into),
    merged: applied.filter((row) => row.into === track).map((row) => toTrackId(row.track)),
    suggestions: (await stillOpen(store, suggested)).map(toSuggestion),
    history: history.map(({ state, decidedBy: by, decidedAtMs, ...row }) => {
      const { trackId, into: other, score, reason } = toSuggestion({ state, ...row })
      return { trackId, into: other, state, score, reason, by, at: new Date(decidedAtMs).toISOString() }
    }),
  }
}

async function listSuggestions(
  store: StoreConnection,
  { limit = SUGGESTIONS_LIMIT, cursor }: SuggestionsQuery,
): Promise<MergeSuggestions> {
  const after = cursor === undefined ? undefined : decodeSuggestionCursor(cursor)
  if (cursor !== undefined && after === undefined) {
    throw new HttpProblem('invalid-request', {
      errors: [{ path: '/cursor', message: 'must be the `next` of a page before' }],
    })
  }
  const rows = await readSuggestions(store, after, limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const suggestions = (await stillOpen(store, page)).map(toSuggestion)
  return rows.length > limit && last !== undefined
    ? { suggestions, next: encodeSuggestionCursor(last) }
    : { suggestions }
}

/** Without those whose tracks have become one by other merges: there is nothing left to decide. */
async function stillOpen<Row extends AppliedMerge>(store: StoreConnection, rows: readonly Row[]): Promise<Row[]> {
  if (rows.length === 0) return []
  const canonical = resolveMerges(await readAppliedMerges(store))
  return rows.filter(({ track, into }) => (canonical.get(track) ?? track) !== (canonical.get(into) ?? into))
}

function toSuggestion({ track, into, score, reason }: Omit<MergeRow, 'decidedBy' | 'decidedAtMs'>): MergeSuggestion {
  return { trackId: toTrackId(track), into: toTrackId(into), score, reason }
}

function decidedBy(request: FastifyRequest) {
  return { score: 1, reason: REASON, decidedBy: request.getDecorator<string>(EDITOR) }
}

/** Throws `not-found` where the path names nothing that could be a track. */
function trackOf({ trackId }: TrackPath): string {
  const track = parseTrackId(trackId)
  if (track === undefined) throw new HttpProblem('not-found')
  return track
}

function readInto(body: unknown): string {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  const members = Object.entries(isObject ? body : {})
  const unknown = members.find(([name]) => name !== 'into')
  if (!isObject) throw invalid('', 'must be an object with the member `into`')
  if (unknown !== undefined) throw invalid('', 'must have no member but `into`')
  const into = parseTrackId(members[0]?.[1])
  if (into === undefined) throw invalid('/into', 'must be the id of a track: 16 hex digits')
  return into
}

function refuseCircle(applied: readonly AppliedMerge[], track: string, into: string): void {
  if (into === track) throw invalid('/into', 'must be another track')
  if (wouldClose(applied, track, into)) {
    throw invalid('/into', 'is itself merged into this track; undo that first')
  }
}

function invalid(path: string, message: string): HttpProblem {
  return new HttpProblem('invalid-merge', { errors: [{ path, message }] })
}

/** The number of a track by its id; `undefined` where it is none. */
function parseTrackId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[0-9a-f]{16}$/.test(id) ? BigInt(`0x${id}`).toString() : undefined
}

/** One decision after the other, so that each knows those before it: two at once could close a circle. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
