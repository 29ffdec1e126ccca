/**
 * What the routes take and answer, for `/openapi.json`. The body of an upload is not checked by this: it has three
 * forms, and what is wrong with one session must not cost the others.
 * @module
 */
import Type from 'typebox'
import { BEARER } from '#platform/http/openapi.ts'
import { problemResponses } from '#platform/http/problem-responses.ts'
import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import { SESSIONS_PER_REQUEST_MAX, SessionPatch, SessionUpload, UploadResult } from '#schemas/records/session.ts'
import { SessionKey } from '#schemas/records/text.ts'

const commonProblems = [
  'unauthorized',
  'forbidden',
  'too-many-requests',
  'internal',
  'overloaded',
  'log-unavailable',
] as const
const common = { tags: ['DJ software'], security: [{ [BEARER]: ['dj'] }] }

export const uploadSchema = {
  ...common,
  summary: 'Uploads sessions',
  description:
    'One session, a list, or one session a line; `Content-Encoding: gzip` is understood. 202 once what is accepted is durable.',
  body: {
    content: {
      'application/json': {
        schema: Type.Union([
          SessionUpload,
          Type.Object({ sessions: Type.Array(SessionUpload, { maxItems: SESSIONS_PER_REQUEST_MAX }) }),
        ]),
      },
      'application/x-ndjson': { schema: Type.String({ description: 'One session a line' }) },
    },
  },
  response: {
    202: { ...UploadResult, description: 'What was accepted, and is durable, and what was rejected' },
    ...problemResponses(
      ...commonProblems,
      'unreadable-body',
      'invalid-request',
      'body-too-large',
      'unsupported-media-type',
      'nothing-accepted',
      'account-erased',
      'account-blocked',
      'under-age',
    ),
  },
}

const params = Type.Object({
  key: Type.String({
    minLength: 1,
    description: `Key of the session, or its id where it is unique (${TEXT_LENGTH_MAX} characters at most)`,
  }),
})

const found = Type.Object(
  { key: Type.Optional(SessionKey) },
  { description: 'It is durable; `key` where the session is known already' },
)

export const choicesSchema = {
  ...common,
  summary: 'Chooses name, visibility and contribution of a session',
  params,
  body: {
    content: {
      'application/json': { schema: SessionPatch },
      'application/merge-patch+json': { schema: SessionPatch },
    },
  },
  response: {
    202: found,
    ...problemResponses(
      ...commonProblems,
      'unreadable-body',
      'body-too-large',
      'unsupported-media-type',
      'ambiguous-id',
      'invalid-choice',
      'store-unavailable',
    ),
  },
}

export const deletionSchema = {
  ...common,
  summary: 'Deletes a session',
  params,
  response: { 202: found, ...problemResponses(...commonProblems, 'ambiguous-id', 'store-unavailable') },
}
