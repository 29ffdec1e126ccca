/**
 * What the account's routes take and answer, for `/openapi.json`.
 * @module
 */
import Type, { type Static } from 'typebox'
import { BEARER } from '#platform/http/openapi.ts'
import { problemResponses } from '#platform/http/problem-responses.ts'
import { AccountExport } from '#schemas/records/account-export.ts'
import { ErasureReceipt, ErasureStatus } from '#schemas/records/erasure.ts'
import { Profile, ProfilePatch } from '#schemas/records/profile.ts'
import { OwnSession, OwnSessionList } from '#schemas/records/session.ts'

export const SESSIONS_LIMIT = 100
const SESSIONS_LIMIT_MAX = 1000

const commonProblems = ['unauthorized', 'forbidden', 'internal', 'store-unavailable'] as const
const common = { tags: ['own data'], security: [{ [BEARER]: ['dj'] }] }

export const profileSchema = {
  ...common,
  summary: 'The profile and choices of the account',
  response: { 200: { ...Profile, description: 'The profile' }, ...problemResponses(...commonProblems) },
}

export const profileChangeSchema = {
  ...common,
  summary: 'Changes the profile and choices',
  description: 'JSON Merge Patch (RFC 7396): what is not named stays, `null` takes a value back to its default.',
  body: {
    content: {
      'application/json': { schema: ProfilePatch },
      'application/merge-patch+json': { schema: ProfilePatch },
    },
  },
  response: {
    200: { ...Profile, description: 'The whole profile after the change' },
    ...problemResponses(
      ...commonProblems,
      'unreadable-body',
      'under-age',
      'body-too-large',
      'unsupported-media-type',
      'invalid-profile',
      'log-unavailable',
    ),
  },
}

export const erasureSchema = {
  ...common,
  summary: 'Erases the account and all that is held on it',
  description:
    'Sessions, profile, choices, and what charts were made of. Uploads are refused from then on (403 `account-erased`, ' +
    'within 10 seconds) until the DJ begins anew with `PATCH /v1/me/profile`.',
  response: {
    202: { ...ErasureReceipt, description: 'It is durable; the status says how far it has come' },
    ...problemResponses('unauthorized', 'forbidden', 'internal', 'log-unavailable'),
  },
}

export const erasureStatusSchema = {
  tags: ['own data'],
  summary: 'How far an erasure has come',
  description:
    'Needs no token: the receipt is the secret. A receipt can be read for a year after its erasure was complete.',
  response: {
    200: { ...ErasureStatus, description: 'The status' },
    ...problemResponses('not-found', 'internal', 'store-unavailable'),
  },
}

export const SessionsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: SESSIONS_LIMIT_MAX, default: SESSIONS_LIMIT })),
  cursor: Type.Optional(Type.String({ description: '`next` of the page before' })),
})
export type SessionsQuery = Static<typeof SessionsQuery>

export const sessionsSchema = {
  ...common,
  summary: 'The sessions of the account, newest start first, without their tracks',
  querystring: SessionsQuery,
  response: {
    200: { ...OwnSessionList, description: 'A page of them' },
    ...problemResponses(...commonProblems, 'invalid-request'),
  },
}

export const sessionSchema = {
  ...common,
  summary: 'A session of the account, with what became of each play',
  params: Type.Object({
    key: Type.String({ minLength: 1, description: 'Key of the session, or its id where it is unique' }),
  }),
  response: {
    200: { ...OwnSession, description: 'The session' },
    ...problemResponses(...commonProblems, 'not-found', 'ambiguous-id'),
  },
}

const exportAnswers = {
  200: {
    ...AccountExport,
    description: 'The document. One that breaks off in the middle was not all: ask again',
    headers: { 'content-disposition': { type: 'string', description: '`attachment`, with a name for the file' } },
  },
  ...problemResponses(...commonProblems, 'too-many-requests', 'overloaded'),
}

export const exportSchema = {
  ...common,
  summary: 'Everything held on the account, as one document',
  description:
    'Streamed. The document can be sent to `POST /v1/sessions` as it is, in parts where it is larger than a request may ' +
    'be, and gives the same sessions. One export of an account at a time.',
  response: exportAnswers,
}
