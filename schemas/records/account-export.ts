/**
 * Everything that is held on an account, as one document (PRIVACY 8).
 * @module
 */
import Type, { type Static } from 'typebox'
import { Profile } from './profile.ts'
import { OwnSession, Visibility } from './session.ts'
import { SessionKey, Time, TrackId } from './text.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const TimeOrNull = (description: string) => orNull(Time(description))

const Choice = Type.Object({
  choice: Type.String({ description: 'charts, statistics or usage' }),
  value: Type.Boolean({ description: 'What was chosen' }),
  chosenAt: Time('When'),
  consentText: orNull(Type.String({ description: 'Version of the text that was shown' })),
})

const AccountState = Type.Object({
  state: Type.String({
    description:
      'tombstone: all that is older was erased; closed: until the DJ begins anew; blocked: until an admin lifts it',
  }),
  reason: orNull(Type.String({ description: 'Problem code that uploads are refused with; null where they are not' })),
  at: Time('When'),
})

const SessionChoice = Type.Object({
  key: SessionKey,
  deleted: Type.Boolean({ description: 'The DJ deleted the session' }),
  chosen: Type.Object(
    {
      name: Type.Optional(orNull(Type.String())),
      visibility: Type.Optional(Visibility),
      contributeToCharts: Type.Optional(Type.Boolean()),
    },
    { description: 'What the DJ chose by hand, which holds' },
  ),
  uploaded: Type.Optional(
    Type.Object(
      {
        name: Type.Optional(Type.String()),
        visibility: Type.Optional(Visibility),
        contributeToCharts: Type.Optional(Type.Boolean()),
      },
      { description: 'What the upload said of the same; absent where the session is gone' },
    ),
  ),
})
export type SessionChoice = Static<typeof SessionChoice>

const Erasure = Type.Object({
  state: Type.String({ description: 'accepted, erased or complete' }),
  acceptedAt: Time('When it was asked for'),
  erasedAt: TimeOrNull('When no row was left'),
  completedAt: TimeOrNull('When charts were made without it'),
  rowsLeft: Type.Record(Type.String(), Type.Integer(), { description: 'Rows by table, counted afterwards' }),
  chartsRebuilt: Type.Array(Type.String(), { description: 'Charts that it had a part in, made without it' }),
  chartsWaiting: Type.Array(Type.String(), { description: 'Charts that are still to be made without it' }),
  logExpiresAt: TimeOrNull('When the event log holds nothing of it any more'),
})

const Contributor = Type.Object(
  {
    contributes: Type.Boolean(),
    statistics: Type.Boolean(),
    usage: Type.Boolean(),
    country: Type.String({ description: 'Empty where unknown' }),
    subdivision: Type.String({ description: 'Empty where unknown' }),
    scenes: Type.Array(Type.String(), { description: 'Preferred genres, with those above them' }),
  },
  { description: 'What the charts know of the account' },
)

const Contribution = Type.Object({
  week: Type.String({ description: 'ISO week, such as 2026-W07' }),
  plays: Type.Array(
    Type.Object({
      trackId: TrackId,
      at: Time('When'),
      artist: Type.String(),
      title: Type.String(),
      label: Type.String(),
      genres: Type.Array(Type.String()),
    }),
    { description: 'Plays of one session that may count' },
  ),
})
export type Contribution = Static<typeof Contribution>

/** Answer of `GET /v1/me/export`. */
export const AccountExport = Type.Object({
  exportedAt: Time('When it was made'),
  profile: Profile,
  choices: Type.Array(Choice, { description: 'Every change of a choice, oldest first' }),
  account: Type.Array(AccountState, { description: 'What holds for the whole account; empty where nothing was said' }),
  erasures: Type.Array(Erasure, { description: 'Erasures that are under way' }),
  sessionChoices: Type.Array(SessionChoice, { description: 'What was chosen for sessions by hand' }),
  charts: Type.Object(
    {
      contributor: orNull(Contributor),
      takenPartIn: Type.Array(Type.String(), {
        description: 'Published charts that the account has or had a part in, as region/genre/period',
      }),
      contributions: Type.Array(Contribution),
    },
    { description: 'What the charts hold of the account, without the pseudonyms that it has there' },
  ),
  sessions: Type.Array(OwnSession, { description: 'Each as `GET /v1/me/sessions/{key}` answers it' }),
})
export type AccountExport = Static<typeof AccountExport>
