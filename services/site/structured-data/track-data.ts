/**
 * A track for programs that read pages.
 * @module
 */
import type { ChartTrack } from '#schemas/records/chart.ts'
import { type MusicRecording, musicRecording } from './music-recording.ts'

export type TrackData = MusicRecording & { readonly '@context': 'https://schema.org' }

export function trackData(track: ChartTrack, origin: string): TrackData {
  return { '@context': 'https://schema.org', ...musicRecording(track, origin) }
}
