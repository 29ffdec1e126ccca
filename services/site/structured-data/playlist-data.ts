/**
 * A public session for programs that read pages: schema.org's `MusicPlaylist`.
 * @module
 */
import { playlistPath } from '../pages/names.ts'
import type { PlaylistView } from '../playlists/playlist-view.ts'
import { type MusicRecording, musicRecording } from './music-recording.ts'

/** What search engines read of a list; the page has all. */
const TRACKS_MAX = 200

export interface MusicPlaylist {
  readonly '@context': 'https://schema.org'
  readonly '@type': 'MusicPlaylist'
  readonly name: string
  readonly url: string
  readonly dateCreated: string
  readonly numTracks: number
  readonly creator?: { readonly '@type': 'Person'; readonly name: string }
  readonly track: readonly MusicRecording[]
}

export function playlistData({ publicId, playlist, trackIds }: PlaylistView, origin: string): MusicPlaylist {
  const { displayName, name, startedAt, tracks } = playlist
  return {
    '@context': 'https://schema.org',
    '@type': 'MusicPlaylist',
    name: name ?? 'DJ set',
    url: `${origin}${playlistPath(publicId)}`,
    dateCreated: startedAt,
    numTracks: tracks.length,
    ...(displayName === null ? {} : { creator: { '@type': 'Person', name: displayName } }),
    track: tracks
      .slice(0, TRACKS_MAX)
      .flatMap(({ title, artist }, index) =>
        title === undefined ? [] : [musicRecording({ title, artist, id: trackIds[index] }, origin)],
      ),
  }
}
