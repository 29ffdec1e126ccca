/**
 * A public session, as strangers see it.
 *
 * The only table asked with what a stranger sends is the one of public sessions, so a private session, a deleted one and
 * one that never was take the same way through the code.
 * @module
 */
import { chosenByHand, memberValues, readProfileMembers, readSessionFlags } from '#platform/store/owner-rows.ts'
import { readSessions } from '#platform/store/session-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { toProfile } from '#rules/profile.ts'
import { effectiveChoices } from '#rules/session-choices.ts'
import { readMusicalKey } from '#rules/tags/musical-key.ts'
import type { Playlist } from '#schemas/records/chart.ts'
import type { TrackPlay } from '#schemas/records/track-play.ts'

type PlaylistTrack = Playlist['tracks'][number]

/** Reads a public playlist; `undefined` where there is none that is public. */
export async function readPlaylist(store: StoreConnection, publicId: string): Promise<Playlist | undefined> {
  const [place] = await store.rows<{ owner: string; session_key: string }>(
    'SELECT owner, session_key FROM playlists.public_sessions FINAL WHERE public_id = {publicId:String}',
    { publicId },
  )
  if (place === undefined) return undefined
  const condition = 'owner = {owner:String} AND session_key = {key:String}'
  const params = { owner: place.owner, key: place.session_key }
  const [stored] = await readSessions(store, condition, params)
  const flags = (await readSessionFlags(store, condition, params)).get(place.session_key)
  if (stored === undefined || flags?.get('deleted')?.value === true) return undefined
  const { name, visibility } = effectiveChoices(stored.session, chosenByHand(flags))
  // The row that leads here is written beside the choice that closes it; whichever came first, private is private.
  if (visibility !== 'public') return undefined
  const members = (await readProfileMembers(store, [place.owner])).get(place.owner)
  const { startedAt, tracks } = stored.session
  return {
    displayName: toProfile(memberValues(members)).displayName,
    name: name ?? null,
    startedAt,
    // What was only loaded or cued is no part of the set.
    tracks: tracks
      .filter(({ played }) => played !== false)
      .map((track) => toPlaylistTrack(track, Date.parse(startedAt))),
  }
}

/** Names each member that strangers may see, so that a new tag does not show by itself. */
function toPlaylistTrack({ tags, deck, startedAt, playedSeconds }: TrackPlay, setStartMs: number): PlaylistTrack {
  const { title, artist, label, bpm, key, remixer } = tags
  return {
    ...(title === undefined ? {} : { title }),
    ...(artist === undefined ? {} : { artist }),
    ...(label === undefined ? {} : { label }),
    ...(bpm === undefined ? {} : { bpm }),
    // In one notation, for a reader compares keys down the list; what is no key that can be read stays as it was typed.
    ...(key === undefined ? {} : { key: readMusicalKey(key)?.camelot ?? key }),
    ...(remixer === undefined ? {} : { remixer }),
    ...(deck === undefined ? {} : { deck }),
    atSeconds: Math.max(0, (Date.parse(startedAt) - setStartMs) / 1000),
    ...(playedSeconds === undefined ? {} : { playedSeconds }),
  }
}
