/**
 * Merges of tracks: what an editor sees of them and decides on.
 * @module
 */
import Type, { type Static } from 'typebox'
import { Time, TrackId } from './text.ts'

const MergeState = Type.Union([Type.Literal('applied'), Type.Literal('suggested'), Type.Literal('undone')], {
  description: 'undone: never again by the matcher',
})

const MergeSuggestion = Type.Object({
  trackId: TrackId,
  into: TrackId,
  score: Type.Number({ minimum: 0, maximum: 1, description: 'How sure the matcher is' }),
  reason: Type.String({ description: 'What it goes by' }),
})
export type MergeSuggestion = Static<typeof MergeSuggestion>

/** Answer of `GET`, `PUT` and `DELETE /v1/merges/{trackId}`. */
export const TrackMerges = Type.Object({
  trackId: TrackId,
  into: Type.Union([TrackId, Type.Null()], { description: 'The track that it is counted as' }),
  merged: Type.Array(TrackId, { description: 'The tracks that are merged into it' }),
  suggestions: Type.Array(MergeSuggestion, { description: 'Best score first' }),
  history: Type.Array(
    Type.Object({
      trackId: TrackId,
      into: TrackId,
      state: MergeState,
      score: Type.Number({ minimum: 0, maximum: 1 }),
      reason: Type.String(),
      by: Type.String({ description: '`matcher`, or the pseudonym of an editor; empty once retention took it' }),
      at: Time('When'),
    }),
    { description: 'Newest first' },
  ),
})
export type TrackMerges = Static<typeof TrackMerges>

/** Body of `PUT /v1/merges/{trackId}`. */
export const MergeRequest = Type.Object({ into: TrackId }, { additionalProperties: false })

/** Answer of `GET /v1/merges`. */
export const MergeSuggestions = Type.Object({
  suggestions: Type.Array(MergeSuggestion),
  next: Type.Optional(Type.String({ description: 'Cursor of the next page; absent at the end' })),
})
export type MergeSuggestions = Static<typeof MergeSuggestions>
