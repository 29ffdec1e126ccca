/**
 * A track as schema.org's `MusicRecording`.
 * @module
 */
import { trackPath } from '../pages/names.ts'

export interface MusicRecording {
  readonly '@type': 'MusicRecording'
  readonly name: string
  readonly byArtist?: { readonly '@type': 'MusicGroup'; readonly name: string }
  readonly url?: string
}

export interface RecordingNames {
  readonly title: string
  readonly artist?: string | undefined
  /** Where it has a page. */
  readonly id?: string | undefined
}

export function musicRecording({ title, artist, id }: RecordingNames, origin: string): MusicRecording {
  return {
    '@type': 'MusicRecording',
    name: title,
    ...(artist === undefined ? {} : { byArtist: { '@type': 'MusicGroup', name: artist } }),
    ...(id === undefined ? {} : { url: `${origin}${trackPath(id)}` }),
  }
}
