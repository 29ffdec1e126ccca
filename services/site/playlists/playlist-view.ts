/**
 * A public session as its page shows it: with links to the tracks that have a page, and whether it is still going on.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { identifyTrack } from '#rules/track-identity.ts'
import type { Playlist } from '#schemas/records/chart.ts'
import type { ChartNames } from '../search/chart-names.ts'
import { readPlaylist } from './read-playlist.ts'
import { isGoingOn, readProgress } from './read-progress.ts'

export interface PlaylistView {
  readonly publicId: string
  readonly playlist: Playlist
  /** For each track, in their order: the id that its page is under, where a chart shows it. */
  readonly trackIds: readonly (string | undefined)[]
  readonly isGoingOn: boolean
}

export interface PlaylistViewOptions {
  readonly store: StoreConnection
  readonly chartNames: () => Promise<ChartNames>
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** `undefined` where there is no such session that is public. */
export async function readPlaylistView(
  { store, chartNames, clock }: PlaylistViewOptions,
  publicId: string,
): Promise<PlaylistView | undefined> {
  const playlist = await readPlaylist(store, publicId)
  if (playlist === undefined) return undefined
  const progress = await readProgress(store, publicId)
  const names = await chartNames()
  return {
    publicId,
    playlist,
    trackIds: playlist.tracks.map(({ artist, title, remixer }) => {
      const identity = identifyTrack(artist, title, { remixer })
      return identity.kind === 'track' && names.hasTrack(identity.track) ? identity.trackId : undefined
    }),
    isGoingOn: progress !== undefined && isGoingOn(progress, clock()),
  }
}
