/**
 * What the routes of merges take and answer, for `/openapi.json`.
 * @module
 */
import Type, { type Static } from 'typebox'
import { BEARER } from '#platform/http/openapi.ts'
import { problemResponses } from '#platform/http/problem-responses.ts'
import { MergeRequest, MergeSuggestions, TrackMerges } from '#schemas/records/merge.ts'

export const SUGGESTIONS_LIMIT = 100
const SUGGESTIONS_LIMIT_MAX = 1000

const commonProblems = ['unauthorized', 'forbidden', 'internal', 'store-unavailable'] as const
const common = { tags: ['merges'], security: [{ [BEARER]: ['admin'] }] }

const TrackPath = Type.Object({ trackId: Type.String({ description: '16 hex digits' }) })
export type TrackPath = Static<typeof TrackPath>

const mergesResponse = { 200: { ...TrackMerges, description: 'The merges of the track, as they hold now' } }

export const mergesSchema = {
  ...common,
  summary: 'What a track is merged with, what is suggested, and who decided what',
  description: 'Of a track that nobody decided on the lists are empty.',
  params: TrackPath,
  response: { ...mergesResponse, ...problemResponses(...commonProblems, 'not-found') },
}

export const mergeSchema = {
  ...common,
  summary: 'Merges a track into another',
  description: 'A merge of the track into a third one is undone by it. Charts follow with their next build.',
  params: TrackPath,
  body: { content: { 'application/json': { schema: MergeRequest } } },
  response: {
    ...mergesResponse,
    ...problemResponses(
      ...commonProblems,
      'unreadable-body',
      'not-found',
      'body-too-large',
      'unsupported-media-type',
      'invalid-merge',
    ),
  },
}

export const undoSchema = {
  ...common,
  summary: 'Undoes the merge of a track, and rejects what is suggested for it',
  description: 'What was undone or rejected is never merged by the matcher again. Doing it twice changes nothing.',
  params: TrackPath,
  response: { ...mergesResponse, ...problemResponses(...commonProblems, 'not-found') },
}

export const SuggestionsQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: SUGGESTIONS_LIMIT_MAX, default: SUGGESTIONS_LIMIT })),
  cursor: Type.Optional(Type.String({ description: '`next` of the page before' })),
})
export type SuggestionsQuery = Static<typeof SuggestionsQuery>

export const suggestionsSchema = {
  ...common,
  summary: 'The suggestions that wait for an editor, best score first',
  querystring: SuggestionsQuery,
  response: {
    200: { ...MergeSuggestions, description: 'A page of them' },
    ...problemResponses(...commonProblems, 'invalid-request'),
  },
}
