/**
 * What the routes of admins take and answer, for `/openapi.json`.
 * @module
 */
import Type, { type Static } from 'typebox'
import { BEARER } from '#platform/http/openapi.ts'
import { problemResponses } from '#platform/http/problem-responses.ts'
import { AccountBlocked, AuditList, DeadLetterList, QueryList } from '#schemas/records/admin.ts'
import { erasureSchema, exportSchema, profileChangeSchema } from '../documentation.ts'

export const LIST_LIMIT = 100
const LIST_LIMIT_MAX = 1000

const commonProblems = ['unauthorized', 'forbidden', 'internal', 'store-unavailable'] as const
const common = { tags: ['admin'], security: [{ [BEARER]: ['admin'] }] }

const AccountPath = Type.Object({
  sub: Type.String({ minLength: 1, description: 'The account: `sub` of its tokens, percent-encoded' }),
})
export type AccountPath = Static<typeof AccountPath>

const written = 'For written requests. It stands in the audit trail, with keyed hashes in place of the accounts.'
const listed = 'It stands in the audit trail itself.'

export const accountExportSchema = {
  ...exportSchema,
  ...common,
  summary: 'Everything held on an account, as one document',
  description: `${written} As \`GET /v1/me/export\`; of an account that there is nothing of the lists are empty.`,
  params: AccountPath,
  response: { ...exportSchema.response, ...problemResponses(...commonProblems, 'invalid-request') },
}

export const accountProfileSchema = {
  ...profileChangeSchema,
  ...common,
  summary: 'Corrects the profile of an account',
  description:
    `${written} As \`PATCH /v1/me/profile\`, but that consent (\`choices.charts: true\`) and taking an objection back are ` +
    "the DJ's own word: both are refused (422 `invalid-profile`), while withdrawing consent and objecting are not. An " +
    'account that was erased stays closed (403 `account-erased`): only its DJ begins it anew.',
  params: AccountPath,
  response: {
    ...profileChangeSchema.response,
    ...problemResponses('forbidden', 'account-erased', 'under-age'),
    ...problemResponses('unreadable-body', 'invalid-request'),
  },
}

export const accountErasureSchema = {
  ...erasureSchema,
  ...common,
  summary: 'Erases an account and all that is held on it',
  description:
    `${written} Also on that of a guardian. As \`DELETE /v1/me\`; the receipt is for whoever asked for it, since by it the ` +
    'status can be read.',
  params: AccountPath,
  response: { ...erasureSchema.response, ...problemResponses(...commonProblems, 'invalid-request', 'log-unavailable') },
}

const blockedResponse = {
  202: { ...AccountBlocked, description: 'It is durable, and holds for uploads within 10 seconds' },
  ...problemResponses(...commonProblems, 'invalid-request', 'log-unavailable'),
}

export const blockSchema = {
  ...common,
  summary: 'Blocks an account: its uploads are refused',
  description: `${written} What is stored stays, and its DJ can still read, export, take back and erase it.`,
  params: AccountPath,
  response: {
    ...blockedResponse,
    // It takes no body; one that comes is read all the same.
    ...problemResponses('unreadable-body', 'invalid-request', 'body-too-large', 'unsupported-media-type'),
  },
}

export const liftSchema = {
  ...common,
  summary: 'Lifts the block of an account',
  description: `${written} Also that of an account whose DJ said to be under 16.`,
  params: AccountPath,
  response: blockedResponse,
}

export const ListQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_LIMIT_MAX, default: LIST_LIMIT })),
  cursor: Type.Optional(Type.String({ description: '`next` of the page before' })),
})
export type ListQuery = Static<typeof ListQuery>

export const deadLettersSchema = {
  ...common,
  summary: 'Events that could not be used, newest first, without their content',
  description: listed,
  querystring: ListQuery,
  response: {
    200: { ...DeadLetterList, description: 'A page of them' },
    ...problemResponses(...commonProblems, 'invalid-request', 'log-unavailable'),
  },
}

export const auditSchema = {
  ...common,
  summary: 'What admins did, newest first, without the personal data',
  description: listed,
  querystring: ListQuery,
  response: {
    200: { ...AuditList, description: 'A page of it' },
    ...problemResponses(...commonProblems, 'invalid-request'),
  },
}

export const queriesSchema = {
  ...common,
  summary: 'What analysts asked, newest first',
  description: `${listed} A statement shows here about a second after its answer.`,
  querystring: ListQuery,
  response: {
    200: { ...QueryList, description: 'A page of it' },
    ...problemResponses(...commonProblems, 'invalid-request'),
  },
}
