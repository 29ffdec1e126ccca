/**
 * What admins see: dead letters, the audit trail, blocks. No account id and no data of anybody.
 * @module
 */
import Type, { type Static } from 'typebox'
import { Time } from './text.ts'

const Next = Type.Optional(Type.String({ description: 'Cursor of the next page; absent at the end' }))

/** Answer of `GET /v1/dead-letters`. */
export const DeadLetterList = Type.Object({
  deadLetters: Type.Array(
    Type.Object({
      partition: Type.Integer({ minimum: 0 }),
      offset: Type.Integer({ minimum: 0, description: 'Place in the event log' }),
      at: Time('When the event log took the event'),
      reason: Type.String({ description: 'Why it could not be used, out of a closed set' }),
      detail: Type.String({ description: 'The same in words; nothing of the event' }),
    }),
    { description: 'Newest first' },
  ),
  next: Next,
})
export type DeadLetterList = Static<typeof DeadLetterList>

const account = 'by a keyed hash: the same account has the same'

/** Answer of `GET /v1/audit`. */
export const AuditList = Type.Object({
  actions: Type.Array(
    Type.Object({
      at: Time('When'),
      actor: Type.String({ description: `Who, ${account}` }),
      action: Type.String({ description: 'Method and pattern of the route' }),
      subject: Type.Union([Type.String(), Type.Null()], { description: `About whom, ${account}` }),
      status: Type.Union([Type.Integer(), Type.Null()], {
        description: 'Status of the answer; null while it is under way, or where the service ended in the middle of it',
      }),
    }),
    { description: 'Newest first; the first one is this very request' },
  ),
  next: Next,
})
export type AuditList = Static<typeof AuditList>

/** Answer of `GET /v1/audit/queries`. */
export const QueryList = Type.Object({
  queries: Type.Array(
    Type.Object({
      at: Time('When'),
      analyst: Type.String({ description: `Who, ${account}` }),
      statement: Type.String({ description: 'What was asked, or its begin' }),
      code: Type.Integer({ description: "Number of ClickHouse's exception; 0 where there was none" }),
      seconds: Type.Number({ description: 'Until all of the answer was sent' }),
      resultRows: Type.Integer({ description: 'Rows of the answer, as far as the engine told before it began' }),
      bytesSent: Type.Integer({ description: 'Bytes of the answer before compression' }),
    }),
    { description: 'Newest first' },
  ),
  next: Next,
})
export type QueryList = Static<typeof QueryList>

/** Answer of `PUT` and `DELETE /v1/accounts/{sub}/block`. */
export const AccountBlocked = Type.Object({
  block: Type.Union([Type.String(), Type.Null()], {
    description: 'Problem code that uploads of the account are refused with; null where none is',
  }),
})
export type AccountBlocked = Static<typeof AccountBlocked>
