/**
 * Minimisation: of what was sent only the named members go on, times in UTC, file names without folders. All that is
 * not written here is dropped before anything is stored (PRIVACY.md, "What may be kept").
 * @module
 */
import type { Session, SessionUpload } from '#schemas/records/session.ts'
import type { Tags, TrackPlay, TrackPlayUpload } from '#schemas/records/track-play.ts'
import { utcOrEmpty } from './time.ts'

/** An ID3 block that came with a track, and the track that it may fill. */
export interface Id3Block {
  readonly base64: string
  /** Tags that it may add to. */
  readonly tags: Tags
  /** JSON Pointer into the session as it was sent. */
  readonly path: string
}

export interface KeptSession {
  readonly session: Session
  readonly blocks: readonly Id3Block[]
}

/**
 * What is kept of a session whose members are valid; `undefined` where a time is not, or an end lies before its start.
 *
 * Members that are `undefined` are no members: the event is JSON.
 */
export function keepSession(upload: SessionUpload): KeptSession | undefined {
  const startedAt = utcOrEmpty(upload.startedAt)
  const endedAt = upload.endedAt === undefined ? undefined : utcOrEmpty(upload.endedAt)
  const editedAt = upload.editedAt === undefined ? undefined : utcOrEmpty(upload.editedAt)
  if (startedAt === '' || editedAt === '' || (endedAt !== undefined && endedAt < startedAt)) return undefined

  const blocks: Id3Block[] = []
  const tracks: TrackPlay[] = []
  const places = new Map<string, number>()
  for (const [index, track] of upload.tracks.entries()) {
    const kept = keepTrack(track, startedAt)
    if (kept === undefined) return undefined
    places.set(kept.id, index)
    tracks.push(kept)
  }
  // Of two tracks with one id the last one holds, at its own place.
  const repeated = places.size < tracks.length
  const holds = (id: string, index: number) => !repeated || places.get(id) === index
  for (const [index, { id, id3 }] of upload.tracks.entries()) {
    const kept = tracks[index]
    if (id3 !== undefined && kept !== undefined && holds(id, index)) {
      blocks.push({ base64: id3, tags: kept.tags, path: `/tracks/${index}/id3` })
    }
  }

  const { software, system } = upload
  const session = {
    id: upload.id,
    historyId: upload.historyId,
    exportId: upload.exportId,
    software: software === undefined ? undefined : { name: software.name, version: software.version },
    system:
      system === undefined
        ? undefined
        : { os: system.os, processor: system.processor, computerType: system.computerType },
    name: upload.name,
    startedAt,
    endedAt,
    editedAt,
    visibility: upload.visibility,
    contributeToCharts: upload.contributeToCharts,
    tracks: repeated ? tracks.filter(({ id }, index) => holds(id, index)) : tracks,
  }
  // A cast, because a literal with `undefined` members costs a fraction of one that spreads what is there.
  return { session: session as Session, blocks }
}

function keepTrack(track: TrackPlayUpload, sessionStartedAt: string): TrackPlay | undefined {
  const startedAt = track.startedAt === undefined ? sessionStartedAt : utcOrEmpty(track.startedAt)
  const endedAt = track.endedAt === undefined ? undefined : utcOrEmpty(track.endedAt)
  const editedAt = track.editedAt === undefined ? undefined : utcOrEmpty(track.editedAt)
  if (startedAt === '' || editedAt === '' || (endedAt !== undefined && endedAt < startedAt)) return undefined
  const kept = {
    id: track.id,
    deck: track.deck,
    played: track.played,
    startedAt,
    endedAt,
    playedSeconds: track.playedSeconds,
    playedPercent: track.playedPercent,
    editedAt,
    tags: track.tags === undefined ? {} : keepTags(track.tags),
  }
  return kept as TrackPlay // as above
}

function keepTags(tags: Tags): Tags {
  const kept = {
    title: tags.title,
    artist: tags.artist,
    album: tags.album,
    genre: tags.genre,
    label: tags.label,
    bpm: tags.bpm,
    key: tags.key,
    remixer: tags.remixer,
    composer: tags.composer,
    year: tags.year,
    rating: tags.rating,
    trackNumber: tags.trackNumber,
    bitRate: tags.bitRate,
    sampleRate: tags.sampleRate,
    fileName: tags.fileName === undefined ? undefined : lastPart(tags.fileName),
    fileSize: tags.fileSize,
    lengthSeconds: tags.lengthSeconds,
  }
  return kept as Tags // as above
}

/** The last part of a path of any system (`/`, `\`, and `:` of classic Mac OS); `undefined` where nothing is left. */
function lastPart(fileName: string): string | undefined {
  const at = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'), fileName.lastIndexOf(':'))
  const name = fileName.slice(at + 1).trim()
  return name === '' ? undefined : name
}
