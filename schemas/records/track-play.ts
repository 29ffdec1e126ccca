/**
 * One play of a track in a session, as DJ software records it, and the copies of the track's tags.
 * @module
 */
import Type, { type Static } from 'typebox'
import { TEXT_LENGTH_MAX } from './limits.ts'
import { FrameId, Time, TrackId } from './text.ts'

const tagText = (description: string) => Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX, description }))

/**
 * Copies of the track's tags. A value that makes no sense (out of these bounds, of another type) is left out with a
 * warning; it never rejects the session, for real libraries are full of them.
 */
export const Tags = Type.Object(
  {
    title: tagText('Title'),
    artist: tagText('Artist'),
    album: tagText('Album'),
    genre: tagText('Genre, as the DJ typed it'),
    label: tagText('Record label'),
    bpm: Type.Optional(Type.Number({ minimum: 20, maximum: 999, description: 'Beats per minute' })),
    key: tagText('Musical key, in any notation'),
    remixer: tagText('Remixer'),
    composer: tagText('Composer'),
    year: Type.Optional(Type.Integer({ minimum: 1860, maximum: 2100, description: 'Year of release' })),
    rating: Type.Optional(Type.Number({ minimum: 0, maximum: 5, description: 'Stars, 0 to 5' })),
    trackNumber: Type.Optional(Type.Integer({ minimum: 0, maximum: 9999, description: 'Number on the album' })),
    bitRate: Type.Optional(Type.Number({ minimum: 1, maximum: 100_000, description: 'Bit rate, kbit/s' })),
    sampleRate: Type.Optional(Type.Number({ minimum: 1, maximum: 10_000_000, description: 'Sample rate, Hz' })),
    fileName: tagText('Last part of the file name; folders are never kept'),
    fileSize: Type.Optional(
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'File size, bytes' }),
    ),
    lengthSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000, description: 'Length, seconds' })),
  },
  { description: 'Copies of the tags' },
)
export type Tags = Static<typeof Tags>
export type TagName = keyof Tags

const playFrame = {
  id: FrameId('Id of the play in its session'),
  deck: Type.Optional(Type.Integer({ minimum: 0, maximum: 64, description: 'Deck' })),
  played: Type.Optional(Type.Boolean({ description: 'Whether the software counts it as played; true if absent' })),
  startedAt: Type.Optional(Time("Start of the play; the session's start if absent")),
  endedAt: Type.Optional(Time('End of the play')),
  playedSeconds: Type.Optional(Type.Number({ minimum: 0, maximum: 1e9, description: 'Seconds played' })),
  playedPercent: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6, description: 'Share of the track played, %' })),
  editedAt: Type.Optional(Time('When the entry was last edited')),
}

/** A track play as DJ software sends it. */
export const TrackPlayUpload = Type.Object({
  ...playFrame,
  tags: Type.Optional(Tags),
  id3: Type.Optional(Type.String({ description: 'An ID3v2 tag in base64; fills the tags that are not given' })),
})
export type TrackPlayUpload = Static<typeof TrackPlayUpload>

/** A track play as it is kept: the ID3 block has become tags, everything else is gone. */
export const TrackPlay = Type.Object({ ...playFrame, startedAt: Time('Start of the play'), tags: Tags })
export type TrackPlay = Static<typeof TrackPlay>

/** Why a play is not counted; the order is the order in which the rules are asked. */
export const WhyNot = Type.Union(
  [
    Type.Literal('not-contributed'),
    Type.Literal('session-left-out'),
    Type.Literal('not-played'),
    Type.Literal('too-short'),
    Type.Literal('no-artist-or-title'),
    Type.Literal('placeholder'),
    Type.Literal('repeated-in-session'),
    Type.Literal('in-the-future'),
  ],
  { description: 'Why the play is in no chart' },
)
export type WhyNot = Static<typeof WhyNot>

/** A track play as its DJ sees it. */
export const OwnTrackPlay = Type.Object({
  ...TrackPlay.properties,
  trackId: Type.Optional(TrackId),
  counted: Type.Boolean({ description: 'Whether charts count it' }),
  whyNot: Type.Optional(WhyNot),
})
export type OwnTrackPlay = Static<typeof OwnTrackPlay>
