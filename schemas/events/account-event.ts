/**
 * The events of the topic `account-events`, keyed by owner: all that changes what is kept of an account, in its order.
 *
 * An event holds only what may be kept (upload has minimised it before) and names the account only by its owner key.
 * @module
 */
import Type, { type Static } from 'typebox'
import { ProfilePatch } from '../records/profile.ts'
import { Session, SessionPatch } from '../records/session.ts'

/** Written into each event. Another version goes to the dead letters. */
export const ACCOUNT_EVENT_VERSION = 1

const envelope = {
  v: Type.Literal(ACCOUNT_EVENT_VERSION),
  trace: Type.Optional(Type.String({ description: 'Id of the request that it came by, as its answer carried it' })),
  owner: Type.String({ description: 'Owner key: a keyed hash of the account id' }),
  at: Type.Integer({ description: 'When it was received, Unix milliseconds' }),
}

/** A session was sent. */
export const SessionPut = Type.Object({
  ...envelope,
  type: Type.Literal('session-put'),
  key: Type.String({ description: 'Session key' }),
  session: Session,
  undelete: Type.Optional(Type.Literal(true)),
})
export type SessionPut = Static<typeof SessionPut>

/** The DJ chose something for a session. `ref` is its key, or its id where upload did not know it yet. */
export const SessionChoices = Type.Object({
  ...envelope,
  type: Type.Literal('session-choices'),
  ref: Type.String(),
  choices: SessionPatch,
})
export type SessionChoices = Static<typeof SessionChoices>

/** The DJ deleted a session. `ref` as in {@link SessionChoices}. */
export const SessionDelete = Type.Object({ ...envelope, type: Type.Literal('session-delete'), ref: Type.String() })
export type SessionDelete = Static<typeof SessionDelete>

/** The DJ changed the profile or a choice. */
export const ProfileChange = Type.Object({
  ...envelope,
  type: Type.Literal('profile-change'),
  patch: Type.Omit(ProfilePatch, ['birthDate']),
  /** By an admin on a written request; the account's own word also begins a closed account anew. */
  by: Type.Optional(Type.Literal('admin')),
})
export type ProfileChange = Static<typeof ProfileChange>

/** The account was erased: nothing of it that came before stays. */
export const AccountErased = Type.Object({
  ...envelope,
  type: Type.Literal('account-erased'),
  receiptHash: Type.String({ description: 'Keyed hash of the receipt' }),
})
export type AccountErased = Static<typeof AccountErased>

/** The account was blocked, or the block lifted. */
export const AccountBlock = Type.Object({
  ...envelope,
  type: Type.Literal('account-block'),
  block: Type.Union([Type.Literal('under-age'), Type.Literal('account-blocked'), Type.Null()], {
    description: 'Problem code that uploads are refused with; null lifts the block',
  }),
})
export type AccountBlock = Static<typeof AccountBlock>

export const AccountEvent = Type.Union([
  SessionPut,
  SessionChoices,
  SessionDelete,
  ProfileChange,
  AccountErased,
  AccountBlock,
])
export type AccountEvent = Static<typeof AccountEvent>
