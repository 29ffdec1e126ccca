/**
 * The lists that admins look into: events that could not be used, and what admins did.
 * @module
 */
import Type, { type Static } from 'typebox'
import type { AuditTrail } from '#platform/audit/audit-trail.ts'
import type { QueryTrail } from '#platform/audit/query-trail.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { createCursors } from '#platform/http/cursor.ts'
import type { AuditList, DeadLetterList, QueryList } from '#schemas/records/admin.ts'

/** A dead letter comes with its event, which may be large; of a page only these many are in memory at once. */
const LETTERS_PER_READ = 10

/** The last instant that the store's times hold, Unix milliseconds. */
const TIME_MS_MAX = Date.UTC(2299, 11, 31)

export interface ListQuery {
  readonly limit: number
  readonly cursor?: string | undefined
}

const offset = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const letterPlace = Type.Object({ partition: offset, offset })
const letterCursors = createCursors(letterPlace)

const auditCursors = createCursors(
  Type.Object({
    atMs: Type.Integer({ minimum: 0, maximum: TIME_MS_MAX }),
    id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
  }),
)

/** Dead letters, newest first, without the events and whose they are. */
export async function listDeadLetters(log: EventLog, { limit, cursor }: ListQuery): Promise<DeadLetterList> {
  let before: Static<typeof letterPlace> | undefined = letterCursors.decode(cursor)
  const deadLetters: DeadLetterList['deadLetters'] = []
  // One more than asked for tells whether there is a next page.
  while (deadLetters.length <= limit) {
    const letters = await log.deadLetters(Math.min(LETTERS_PER_READ, limit + 1 - deadLetters.length), before)
    const last = letters.at(-1)
    if (last === undefined) return { deadLetters }
    for (const { partition, offset, appendedAtMs, reason, detail } of letters) {
      deadLetters.push({ partition, offset, at: new Date(appendedAtMs).toISOString(), reason, detail })
    }
    before = { partition: last.partition, offset: last.offset }
  }
  const page = deadLetters.slice(0, limit)
  const last = page.at(-1)
  if (last === undefined) return { deadLetters: page }
  return { deadLetters: page, next: letterCursors.encode({ partition: last.partition, offset: last.offset }) }
}

/** What admins did, newest first. */
export async function listAudit(audit: AuditTrail, { limit, cursor }: ListQuery): Promise<AuditList> {
  const found = await audit.read(auditCursors.decode(cursor), limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const actions = page.map(({ atMs, actor, action, subject, outcome }) => ({
    at: new Date(atMs).toISOString(),
    actor,
    action,
    subject: subject === '' ? null : subject,
    status: outcome === 0 ? null : outcome,
  }))
  if (found.length <= limit || last === undefined) return { actions }
  return { actions, next: auditCursors.encode({ atMs: last.atMs, id: last.id }) }
}

/** What analysts asked, newest first. */
export async function listQueries(trail: Pick<QueryTrail, 'read'>, { limit, cursor }: ListQuery): Promise<QueryList> {
  const found = await trail.read(auditCursors.decode(cursor), limit + 1)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const queries = page.map(({ atMs, id: _, milliseconds, ...query }) => ({
    ...query,
    at: new Date(atMs).toISOString(),
    seconds: milliseconds / 1000,
  }))
  if (found.length <= limit || last === undefined) return { queries }
  return { queries, next: auditCursors.encode({ atMs: last.atMs, id: last.id }) }
}
