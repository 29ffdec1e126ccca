/**
 * Charts, and the runs of tracks on them.
 * @module
 */
import Type, { type Static } from 'typebox'
import { Time, TrackId } from './text.ts'

/** At most this many entries a chart. */
export const CHART_ENTRIES_MAX = 100

/** A track as the public sees it: only texts that enough DJs share. */
export const ChartTrack = Type.Object({
  id: TrackId,
  artist: Type.String(),
  title: Type.String(),
  label: Type.Optional(Type.String({ description: 'Absent where too few DJs share one' })),
})
export type ChartTrack = Static<typeof ChartTrack>

export const Movement = Type.Union(
  [Type.Literal('new'), Type.Literal('re-entry'), Type.Literal('up'), Type.Literal('down'), Type.Literal('same')],
  { description: 'Against the period before' },
)
export type Movement = Static<typeof Movement>

export const ChartEntry = Type.Object({
  rank: Type.Integer({ minimum: 1 }),
  previousRank: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  peakRank: Type.Integer({ minimum: 1 }),
  periodsOnChart: Type.Integer({ minimum: 1 }),
  movement: Movement,
  track: ChartTrack,
  djs: Type.Integer({ description: 'Distinct accounts' }),
  plays: Type.Integer({ description: 'Counted plays' }),
})
export type ChartEntry = Static<typeof ChartEntry>

const ChartHead = Type.Object({
  region: Type.String({ description: 'world, a continent, an ISO 3166-1 alpha-2 or an ISO 3166-2 code' }),
  genre: Type.String({ description: "all, a genre's slug, or scene-SLUG" }),
  period: Type.String({ description: '2026-W07, 2026-02 or 2026' }),
  status: Type.Union([Type.Literal('provisional'), Type.Literal('final')]),
  revision: Type.Integer({ minimum: 1 }),
  builtAt: Time('When this revision was built'),
  djs: Type.Integer({ description: 'Distinct accounts in the chart' }),
  plays: Type.Integer({ description: 'Counted plays in the chart' }),
  minimumDjs: Type.Integer({ description: 'Fewer accounts than this publish nothing' }),
  previous: Type.Union([Type.String(), Type.Null()], { description: 'The period before' }),
  next: Type.Union([Type.String(), Type.Null()], { description: 'The period after, where it has a chart' }),
})
export type ChartHead = Static<typeof ChartHead>

export const Chart = Type.Object({ chart: ChartHead, entries: Type.Array(ChartEntry, { maxItems: CHART_ENTRIES_MAX }) })
export type Chart = Static<typeof Chart>

/** Answer of `GET /v1/charts`. */
export const ChartDirectory = Type.Object({
  charts: Type.Array(Type.Object({ region: Type.String(), genre: Type.String(), periods: Type.Array(Type.String()) })),
  next: Type.Optional(Type.String({ description: 'Cursor of the next page; absent at the end' })),
})
export type ChartDirectory = Static<typeof ChartDirectory>

/** Answer of `GET /v1/tracks/{trackId}`. */
export const TrackRuns = Type.Object({
  track: ChartTrack,
  runs: Type.Array(
    Type.Object({
      region: Type.String(),
      genre: Type.String(),
      peakRank: Type.Integer({ minimum: 1 }),
      entries: Type.Array(
        Type.Object({
          period: Type.String(),
          rank: Type.Integer({ minimum: 1 }),
          djs: Type.Integer(),
          plays: Type.Integer(),
        }),
      ),
    }),
  ),
})
export type TrackRuns = Static<typeof TrackRuns>

/** Answer of `GET /v1/playlists/{publicId}`: a public session, and nothing else of it. */
export const Playlist = Type.Object({
  displayName: Type.Union([Type.String(), Type.Null()]),
  name: Type.Union([Type.String(), Type.Null()]),
  startedAt: Time('Start of the session'),
  tracks: Type.Array(
    Type.Object({
      title: Type.Optional(Type.String()),
      artist: Type.Optional(Type.String()),
      label: Type.Optional(Type.String()),
      bpm: Type.Optional(Type.Number()),
      key: Type.Optional(Type.String()),
      remixer: Type.Optional(Type.String()),
      deck: Type.Optional(Type.Integer()),
      atSeconds: Type.Number({ description: 'When in the set, seconds from its start' }),
      playedSeconds: Type.Optional(Type.Number()),
    }),
  ),
})
export type Playlist = Static<typeof Playlist>
