/**
 * A session: what a DJ played in one go, as their software records it.
 * @module
 */
import Type, { type Static } from 'typebox'
import { TRACKS_PER_SESSION_MAX } from './limits.ts'
import { FrameId, FrameText, SessionKey, Time } from './text.ts'
import { OwnTrackPlay, TrackPlay, TrackPlayUpload } from './track-play.ts'

/** More sessions than this refuse the request (CONTRACT, "Limits"). */
export const SESSIONS_PER_REQUEST_MAX = 1000

/** Bytes of a request's body after decompression (CONTRACT, "Limits"). */
export const BODY_BYTES_MAX = 32 * 1024 * 1024

export const Visibility = Type.Union([Type.Literal('private'), Type.Literal('public')], {
  description: 'Who sees the session; private if absent',
})
export type Visibility = Static<typeof Visibility>

const Software = Type.Object({
  name: Type.Optional(FrameText('Name of the DJ software')),
  version: Type.Optional(FrameText('Version of the DJ software')),
})

const System = Type.Object({
  os: Type.Optional(FrameText('Operating system')),
  processor: Type.Optional(FrameText('Processor')),
  computerType: Type.Optional(FrameText('Computer type')),
})

const sessionFrame = {
  id: FrameId("The software's id of the session"),
  historyId: Type.Optional(FrameText('Id of the history database; ids start anew on each computer')),
  exportId: Type.Optional(FrameText('Id of the export')),
  software: Type.Optional(Software),
  system: Type.Optional(System),
  name: Type.Optional(FrameText('Name that the DJ gave')),
  startedAt: Time('Start of the session'),
  endedAt: Type.Optional(Time('End of the session')),
  editedAt: Type.Optional(Time('When the session was last edited')),
  visibility: Type.Optional(Visibility),
  contributeToCharts: Type.Optional(
    Type.Boolean({ description: 'false keeps this session out of charts; true if absent' }),
  ),
}

/** A session as DJ software sends it. Members that are not named here are ignored and not kept. */
export const SessionUpload = Type.Object({
  ...sessionFrame,
  undelete: Type.Optional(Type.Boolean({ description: 'true brings back a session that its DJ deleted' })),
  tracks: Type.Array(TrackPlayUpload, { maxItems: TRACKS_PER_SESSION_MAX }),
})
export type SessionUpload = Static<typeof SessionUpload>

/** A session as it is kept: only the fields of PRIVACY.md, times in UTC. */
export const Session = Type.Object({ ...sessionFrame, tracks: Type.Array(TrackPlay) })
export type Session = Static<typeof Session>

const ownFrame = {
  ...sessionFrame,
  key: SessionKey,
  visibility: Visibility,
  contributeToCharts: Type.Boolean({ description: 'Whether the session may count in charts' }),
  receivedAt: Time('When it was last received'),
  publicId: Type.Optional(Type.String({ description: 'Id of its public playlist, while public' })),
}

/** A session in its DJ's list: without tracks. */
export const OwnSessionSummary = Type.Object({
  ...ownFrame,
  trackCount: Type.Integer({ minimum: 0, description: 'Number of tracks' }),
})
export type OwnSessionSummary = Static<typeof OwnSessionSummary>

/** A session as its DJ sees it, with what became of each play. */
export const OwnSession = Type.Object({ ...ownFrame, tracks: Type.Array(OwnTrackPlay) })
export type OwnSession = Static<typeof OwnSession>

export const OwnSessionList = Type.Object({
  sessions: Type.Array(OwnSessionSummary),
  next: Type.Optional(Type.String({ description: 'Cursor of the next page; absent at the end' })),
})

/** Body of `PATCH /v1/sessions/{key}`. What it chooses holds against later uploads. */
export const SessionPatch = Type.Object(
  {
    name: Type.Optional(Type.Union([FrameText('New name'), Type.Null()])),
    visibility: Type.Optional(Visibility),
    contributeToCharts: Type.Optional(Type.Boolean()),
  },
  { description: 'What the DJ chooses for one session' },
)
export type SessionPatch = Static<typeof SessionPatch>

/** A tag or member that was left out, and where. Never holds the value itself. */
export const UploadWarning = Type.Object({
  code: Type.String({ description: 'What was wrong' }),
  path: Type.String({ description: 'JSON Pointer into the session' }),
  detail: Type.String({ description: 'The same in words' }),
})
export type UploadWarning = Static<typeof UploadWarning>

export const FieldError = Type.Object({
  path: Type.String({ description: 'JSON Pointer to the member' }),
  message: Type.String({ description: 'What is wrong with it; never repeats the value' }),
})
export type FieldError = Static<typeof FieldError>

/** Answer of `POST /v1/sessions`. */
export const UploadResult = Type.Object({
  accepted: Type.Array(
    Type.Object({
      id: Type.String(),
      key: SessionKey,
      warnings: Type.Optional(Type.Array(UploadWarning)),
    }),
  ),
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer({ minimum: 0, description: 'Place in the list, or line of the NDJSON, from 0' }),
      id: Type.Optional(Type.String({ description: 'Its id, where it could be read' })),
      code: Type.String(),
      detail: Type.String(),
      errors: Type.Optional(Type.Array(FieldError)),
    }),
  ),
})
export type UploadResult = Static<typeof UploadResult>
