/**
 * What the store knows of owners beside their sessions: the choices for sessions, and the members of the profile.
 * @module
 */
import type { StoreConnection } from './store.ts'

export type SessionFlag = 'name' | 'visibility' | 'contribute' | 'deleted'

/** A value and the version of the event that set it, as a decimal number of 64 bits. */
export interface Versioned {
  /** `null` where the value holds no longer. */
  readonly value: unknown
  readonly version: string
}

/** Flags by session key. */
export type FlagsBySession = Map<string, Map<SessionFlag, Versioned>>

/** Reads the choices that DJs made for sessions; `condition` is SQL over `owner` and `session_key`. */
export async function readSessionFlags(
  connection: StoreConnection,
  condition: string,
  params: Record<string, unknown>,
): Promise<FlagsBySession> {
  const rows = await connection.rows<{ session_key: string; flag: SessionFlag; value: string | null; version: string }>(
    `SELECT session_key, flag, value, version FROM playlists.session_choices FINAL WHERE ${condition}`,
    params,
  )
  const bySession: FlagsBySession = new Map()
  for (const { session_key, flag, value, version } of rows) {
    const flags = bySession.get(session_key) ?? new Map<SessionFlag, Versioned>()
    flags.set(flag, { value: value === null ? null : JSON.parse(value), version })
    bySession.set(session_key, flags)
  }
  return bySession
}

/** Members of the profile by owner; a member that was never set is absent. */
export type MembersByOwner = Map<string, Map<string, Versioned>>

export async function readProfileMembers(
  connection: StoreConnection,
  owners: readonly string[],
): Promise<MembersByOwner> {
  const rows = await connection.rows<{ owner: string; member: string; value: string | null; version: string }>(
    'SELECT owner, member, value, version FROM playlists.profile_members FINAL WHERE owner IN {owners:Array(String)}',
    { owners },
  )
  const byOwner: MembersByOwner = new Map()
  for (const { owner, member, value, version } of rows) {
    const members = byOwner.get(owner) ?? new Map<string, Versioned>()
    members.set(member, { value: value === null ? null : JSON.parse(value), version })
    byOwner.set(owner, members)
  }
  return byOwner
}

/** The values of members that are set, without their versions. */
export function memberValues(members: ReadonlyMap<string, Versioned> | undefined): Record<string, unknown> {
  const set = [...(members ?? [])].filter(([, { value }]) => value !== null)
  return Object.fromEntries(set.map(([member, { value }]) => [member, value]))
}

/** What the DJ chose for a session by hand, as the rules take it. A chosen name of `null` is kept as an empty text. */
export function chosenByHand(flags: ReadonlyMap<SessionFlag, Versioned> | undefined): {
  name?: string | null
  visibility?: 'private' | 'public'
  contributeToCharts?: boolean
} {
  const name = flags?.get('name')?.value
  const visibility = flags?.get('visibility')?.value
  const contribute = flags?.get('contribute')?.value
  return {
    ...(typeof name === 'string' ? { name: name === '' ? null : name } : {}),
    ...(visibility === 'private' || visibility === 'public' ? { visibility } : {}),
    ...(typeof contribute === 'boolean' ? { contributeToCharts: contribute } : {}),
  }
}
