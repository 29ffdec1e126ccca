import type { Session } from '#schemas/records/session.ts'
import type { TrackPlay } from '#schemas/records/track-play.ts'

export interface SessionGiven {
  readonly owner: string
  readonly key: string
  readonly session: Session
  readonly version?: string
  readonly receivedAt?: string
}

/** A row of `playlists.sessions`, written by hand so that these tests do not rest on what writes it in the service. */
export function sessionRow({ owner, key, session, version = '10', receivedAt }: SessionGiven): object {
  const { tracks } = session
  const column = <T>(read: (track: TrackPlay) => T) => tracks.map((track) => read(track) ?? null)
  return {
    owner,
    session_key: key,
    version,
    received_at: receivedAt ?? '2026-02-14T00:00:00.000Z',
    session_id: session.id,
    history_id: session.historyId,
    export_id: session.exportId,
    software_name: session.software?.name,
    software_version: session.software?.version,
    system_os: session.system?.os,
    system_processor: session.system?.processor,
    system_computer_type: session.system?.computerType,
    name: session.name,
    started_at: session.startedAt,
    ended_at: session.endedAt,
    edited_at: session.editedAt,
    visibility: session.visibility ?? 'unset',
    contribute: session.contributeToCharts === undefined ? 'unset' : session.contributeToCharts ? 'yes' : 'no',
    'tracks.id': column(({ id }) => id),
    'tracks.deck': column(({ deck }) => deck),
    'tracks.played': column(({ played }) => played),
    'tracks.started_at': column(({ startedAt }) => startedAt),
    'tracks.ended_at': column(({ endedAt }) => endedAt),
    'tracks.played_seconds': column(({ playedSeconds }) => playedSeconds),
    'tracks.played_percent': column(({ playedPercent }) => playedPercent),
    'tracks.edited_at': column(({ editedAt }) => editedAt),
    'tracks.title': column(({ tags }) => tags.title),
    'tracks.artist': column(({ tags }) => tags.artist),
    'tracks.album': column(({ tags }) => tags.album),
    'tracks.genre': column(({ tags }) => tags.genre),
    'tracks.label': column(({ tags }) => tags.label),
    'tracks.bpm': column(({ tags }) => tags.bpm),
    'tracks.key': column(({ tags }) => tags.key),
    'tracks.remixer': column(({ tags }) => tags.remixer),
    'tracks.composer': column(({ tags }) => tags.composer),
    'tracks.year': column(({ tags }) => tags.year),
    'tracks.rating': column(({ tags }) => tags.rating),
    'tracks.track_number': column(({ tags }) => tags.trackNumber),
    'tracks.bit_rate': column(({ tags }) => tags.bitRate),
    'tracks.sample_rate': column(({ tags }) => tags.sampleRate),
    'tracks.file_name': column(({ tags }) => tags.fileName),
    'tracks.file_size': column(({ tags }) => tags.fileSize),
    'tracks.length_seconds': column(({ tags }) => tags.lengthSeconds),
  }
}
