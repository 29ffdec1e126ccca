/**
 * A public session, as strangers see it.
 *
 * It is read through the views of `public_playlists`, each of which asks the table of public sessions first, so a private
 * session, a deleted one and one that never was take the same way through the code.
 * @module
 */
import { chosenByHand, type SessionFlag, type Versioned } from '#platform/store/owner-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { toProfile } from '#rules/profile.ts'
import { effectiveChoices } from '#rules/session-choices.ts'
import { readMusicalKey } from '#rules/tags/musical-key.ts'
import type { Playlist } from '#schemas/records/chart.ts'

type PlaylistTrack = Playlist['tracks'][number]

/** A row of `public_playlists.sessions`: the tracks as arrays of one length. */
interface SessionRow {
  readonly name: string | null
  readonly started_at_ms: string
  readonly visibility: 'unset' | 'private' | 'public'
  readonly played: readonly (boolean | null)[]
  readonly track_started_at_ms: readonly string[]
  readonly played_seconds: readonly (number | null)[]
  readonly deck: readonly (number | null)[]
  readonly title: readonly (string | null)[]
  readonly artist: readonly (string | null)[]
  readonly label: readonly (string | null)[]
  readonly bpm: readonly (number | null)[]
  readonly key: readonly (string | null)[]
  readonly remixer: readonly (string | null)[]
}

/** Reads a public playlist; `undefined` where there is none that is public. */
export async function readPlaylist(store: StoreConnection, publicId: string): Promise<Playlist | undefined> {
  const read = <Row>(view: string) =>
    store.rows<Row>(`SELECT * FROM public_playlists.${view}(public_id = {publicId:String})`, { publicId })
  const [session] = await read<SessionRow>('sessions')
  if (session === undefined) return undefined
  const flags = new Map<SessionFlag, Versioned>()
  for (const { flag, value } of await read<{ flag: SessionFlag; value: string | null }>('choices')) {
    flags.set(flag, { value: value === null ? null : JSON.parse(value), version: '' })
  }
  const said = {
    name: session.name ?? undefined,
    visibility: session.visibility === 'unset' ? undefined : session.visibility,
  }
  const { name, visibility } = effectiveChoices(said, chosenByHand(flags))
  // The row that leads here is written beside the choice that closes it; whichever came first, private is private.
  if (flags.get('deleted')?.value === true || visibility !== 'public') return undefined
  const [named] = await read<{ value: string | null }>('display_names')
  const startMs = Number(session.started_at_ms)
  return {
    displayName: toProfile({ displayName: JSON.parse(named?.value ?? 'null') }).displayName,
    name: name ?? null,
    startedAt: new Date(startMs).toISOString(),
    // What was only loaded or cued is no part of the set.
    tracks: session.played.flatMap((played, index) =>
      played === false ? [] : [toPlaylistTrack(session, index, startMs)],
    ),
  }
}

/** Names each member that strangers may see, so that a new column does not show by itself. */
function toPlaylistTrack(session: SessionRow, index: number, setStartMs: number): PlaylistTrack {
  const { title, artist, label, bpm, key, remixer, deck, played_seconds: playedSeconds } = session
  const musicalKey = key[index] ?? undefined
  return {
    ...present('title', title[index]),
    ...present('artist', artist[index]),
    ...present('label', label[index]),
    ...present('bpm', bpm[index]),
    // In one notation, for a reader compares keys down the list; what is no key that can be read stays as it was typed.
    ...present('key', musicalKey && (readMusicalKey(musicalKey)?.camelot ?? musicalKey)),
    ...present('remixer', remixer[index]),
    ...present('deck', deck[index]),
    atSeconds: Math.max(0, (Number(session.track_started_at_ms[index]) - setStartMs) / 1000),
    ...present('playedSeconds', playedSeconds[index]),
  }
}

/** The member, where it has a value. */
function present<Name extends string, T>(name: Name, value: T | null | undefined): { [K in Name]?: T } {
  // A computed name widens to a text, which is why it is said here which one it is.
  return value === null || value === undefined ? {} : ({ [name]: value } as { [K in Name]?: T })
}
