/**
 * What a search over the published charts answers.
 * @module
 */
import Type, { type Static } from 'typebox'
import { ChartTrack } from './chart.ts'

/** Longest text that is looked for; a longer one is no name. */
export const SEARCH_CHARS_MAX = 200
export const SEARCH_LIMIT = 20
export const SEARCH_LIMIT_MAX = 100

const Name = Type.Object({
  name: Type.String({ description: 'As it stands on charts' }),
  tracks: Type.Integer({ description: 'Tracks on charts' }),
})

const FoundTrack = Type.Object({
  track: ChartTrack,
  djs: Type.Integer({ description: 'Distinct accounts on the one chart where most play it' }),
})

/** Answer of `GET /v1/search`. The best come first: what begins as the question does, then what most DJs play. */
export const SearchAnswer = Type.Object({
  tracks: Type.Array(FoundTrack, { maxItems: SEARCH_LIMIT_MAX }),
  artists: Type.Array(Name, { maxItems: SEARCH_LIMIT_MAX }),
  labels: Type.Array(Name, { maxItems: SEARCH_LIMIT_MAX }),
})
export type SearchAnswer = Static<typeof SearchAnswer>
