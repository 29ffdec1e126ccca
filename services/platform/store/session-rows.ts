/**
 * A session as a row of `playlists.sessions`, and back.
 * @module
 */
import type { Session } from '#schemas/records/session.ts'
import type { TagName, TrackPlay } from '#schemas/records/track-play.ts'
import type { StoreConnection } from './store.ts'

/** A session as it is stored: what its upload said, without the choices that its DJ made by hand. */
export interface StoredSession {
  readonly owner: string
  readonly key: string
  /** Position of the event that wrote it, as a decimal number of 64 bits. */
  readonly version: string
  /** Unix milliseconds. */
  readonly receivedAtMs: number
  readonly session: Session
  /** What of each play that may count decides in which charts it counts. */
  readonly counting: Counting
}

export interface Counting {
  /** Days since 1970, in UTC. */
  readonly days: readonly number[]
  /** Decimal numbers of 64 bits. */
  readonly tracks: readonly string[]
  /** The genres of each play, with those above them, joined by commas. */
  readonly genres: readonly string[]
}

/** Tags and their columns under `tracks.`. */
const tagColumns = {
  title: 'title',
  artist: 'artist',
  album: 'album',
  genre: 'genre',
  label: 'label',
  bpm: 'bpm',
  key: 'key',
  remixer: 'remixer',
  composer: 'composer',
  year: 'year',
  rating: 'rating',
  trackNumber: 'track_number',
  bitRate: 'bit_rate',
  sampleRate: 'sample_rate',
  fileName: 'file_name',
  fileSize: 'file_size',
  lengthSeconds: 'length_seconds',
} as const satisfies Record<TagName, string>
const tagEntries = Object.entries(tagColumns) as [TagName, string][]

const visibilities = ['unset', 'private', 'public'] as const

/** The row as a line of JSONEachRow, without the line's end. */
export function encodeSessionRow({ owner, key, version, receivedAtMs, session, counting }: StoredSession): string {
  const { tracks } = session
  const row: Record<string, unknown> = {
    owner,
    session_key: key,
    version,
    received_at: new Date(receivedAtMs).toISOString(),
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
    'counting.day': counting.days,
    'counting.track': counting.tracks,
    'counting.genres': counting.genres,
    'tracks.id': tracks.map(({ id }) => id),
    'tracks.deck': tracks.map(({ deck }) => deck ?? null),
    'tracks.played': tracks.map(({ played }) => played ?? null),
    'tracks.started_at': tracks.map(({ startedAt }) => startedAt),
    'tracks.ended_at': tracks.map(({ endedAt }) => endedAt ?? null),
    'tracks.played_seconds': tracks.map(({ playedSeconds }) => playedSeconds ?? null),
    'tracks.played_percent': tracks.map(({ playedPercent }) => playedPercent ?? null),
    'tracks.edited_at': tracks.map(({ editedAt }) => editedAt ?? null),
  }
  for (const [tag, column] of tagEntries) row[`tracks.${column}`] = tracks.map(({ tags }) => tags[tag] ?? null)
  return JSON.stringify(row)
}

/** The row that deletes a session: its key and nothing of it. */
export function encodeDeletedSessionRow(owner: string, key: string, version: string): string {
  return JSON.stringify({ owner, session_key: key, version, is_deleted: 1 })
}

/** Columns of a session without its tracks. */
const frameColumns = `
  owner, session_key, version, toUnixTimestamp64Milli(received_at) AS received_at_ms,
  session_id, history_id, export_id, software_name, software_version,
  system_os, system_processor, system_computer_type, name,
  toUnixTimestamp64Milli(started_at) AS started_at_ms, toUnixTimestamp64Milli(ended_at) AS ended_at_ms,
  toUnixTimestamp64Milli(edited_at) AS edited_at_ms, visibility, contribute,
  counting.day AS counting_days, counting.track AS counting_tracks, counting.genres AS counting_genres,
  length(tracks.id) AS track_count`

const timesOf = (column: string) => `arrayMap(t -> toUnixTimestamp64Milli(t), tracks.${column}) AS tracks_${column}`

const trackColumns = [
  'tracks.id AS tracks_id',
  'tracks.deck AS tracks_deck',
  'tracks.played AS tracks_played',
  timesOf('started_at'),
  timesOf('ended_at'),
  'tracks.played_seconds AS tracks_played_seconds',
  'tracks.played_percent AS tracks_played_percent',
  timesOf('edited_at'),
  ...tagEntries.map(([, column]) => `tracks.${column} AS tracks_${column}`),
].join(', ')

interface FrameRow {
  owner: string
  session_key: string
  version: string
  received_at_ms: string
  session_id: string
  history_id: string | null
  export_id: string | null
  software_name: string | null
  software_version: string | null
  system_os: string | null
  system_processor: string | null
  system_computer_type: string | null
  name: string | null
  started_at_ms: string
  ended_at_ms: string | null
  edited_at_ms: string | null
  visibility: (typeof visibilities)[number]
  contribute: 'unset' | 'no' | 'yes'
  counting_days: number[]
  counting_tracks: string[]
  counting_genres: string[]
  track_count: string
}

interface FullRow extends FrameRow {
  tracks_id: string[]
  tracks_deck: (number | null)[]
  tracks_played: (boolean | null)[]
  tracks_started_at: string[]
  tracks_ended_at: (string | null)[]
  tracks_played_seconds: (number | null)[]
  tracks_played_percent: (number | null)[]
  tracks_edited_at: (string | null)[]
}

/** A session as it is stored, without its tracks. */
export interface StoredSessionFrame extends Omit<StoredSession, 'session'> {
  readonly frame: Omit<Session, 'tracks'>
  readonly trackCount: number
}

/**
 * Reads sessions without their tracks. `condition` is SQL over columns of the key or, where the newest row decides
 * anyway, others; deleted sessions do not show.
 */
export async function readSessionFrames(
  connection: StoreConnection,
  condition: string,
  params: Record<string, unknown>,
): Promise<StoredSessionFrame[]> {
  const rows = await connection.rows<FrameRow>(
    `SELECT ${frameColumns} FROM playlists.sessions FINAL WHERE ${condition}`,
    params,
  )
  return rows.map((row) => ({ ...toStored(row), frame: toFrame(row), trackCount: Number(row.track_count) }))
}

/** Reads whole sessions; `condition` as in {@link readSessionFrames}. */
export async function readSessions(
  connection: StoreConnection,
  condition: string,
  params: Record<string, unknown>,
): Promise<StoredSession[]> {
  const rows = await connection.rows<FullRow>(
    `SELECT ${frameColumns}, ${trackColumns} FROM playlists.sessions FINAL WHERE ${condition}`,
    params,
  )
  return rows.map((row) => ({ ...toStored(row), session: { ...toFrame(row), tracks: toTracks(row) } }))
}

/** Tracks that are read at once: what a query answers is one text in memory. */
const TRACKS_PER_READ_MAX = 20_000

/**
 * Reads whole sessions of an owner in portions that fit in memory, whatever their number and size. Sessions that are gone
 * do not show.
 * @param tracksMax tracks of a portion, but one session however long
 */
export async function* readSessionsInPortions(
  connection: StoreConnection,
  owner: string,
  sessions: readonly { readonly key: string; readonly trackCount: number }[],
  tracksMax = TRACKS_PER_READ_MAX,
): AsyncGenerator<StoredSession[]> {
  let portion: string[] = []
  let tracks = 0
  const read = () =>
    readSessions(connection, 'owner = {owner:String} AND session_key IN {keys:Array(String)}', { owner, keys: portion })
  for (const { key, trackCount } of sessions) {
    if (portion.length > 0 && tracks + trackCount > tracksMax) {
      yield await read()
      portion = []
      tracks = 0
    }
    portion.push(key)
    tracks += trackCount
  }
  if (portion.length > 0) yield await read()
}

function toStored(row: FrameRow): Omit<StoredSession, 'session'> {
  return {
    owner: row.owner,
    key: row.session_key,
    version: row.version,
    receivedAtMs: Number(row.received_at_ms),
    counting: { days: row.counting_days, tracks: row.counting_tracks, genres: row.counting_genres },
  }
}

function toFrame(row: FrameRow): Omit<Session, 'tracks'> {
  const software = present({ name: row.software_name, version: row.software_version })
  const system = present({
    os: row.system_os,
    processor: row.system_processor,
    computerType: row.system_computer_type,
  })
  return {
    id: row.session_id,
    startedAt: toTime(row.started_at_ms),
    ...present({ historyId: row.history_id, exportId: row.export_id, name: row.name }),
    ...(Object.keys(software).length > 0 ? { software } : {}),
    ...(Object.keys(system).length > 0 ? { system } : {}),
    ...present({ endedAt: optionalTime(row.ended_at_ms), editedAt: optionalTime(row.edited_at_ms) }),
    ...(row.visibility === 'unset' ? {} : { visibility: row.visibility }),
    ...(row.contribute === 'unset' ? {} : { contributeToCharts: row.contribute === 'yes' }),
  }
}

function toTracks(row: FullRow): TrackPlay[] {
  // The tag columns are selected under these names, as arrays of the same length as the ids.
  const columns = row as unknown as Record<string, readonly (string | number | null)[]>
  return row.tracks_id.map((id, index) => {
    const tags: Record<string, string | number> = {}
    for (const [tag, column] of tagEntries) {
      const value = columns[`tracks_${column}`]?.[index]
      // 64-bit integers come as text.
      if (value !== null && value !== undefined) tags[tag] = tag === 'fileSize' ? Number(value) : value
    }
    return {
      id,
      startedAt: toTime(row.tracks_started_at[index] ?? row.started_at_ms),
      ...present({
        deck: row.tracks_deck[index],
        played: row.tracks_played[index],
        endedAt: optionalTime(row.tracks_ended_at[index]),
        playedSeconds: row.tracks_played_seconds[index],
        playedPercent: row.tracks_played_percent[index],
        editedAt: optionalTime(row.tracks_edited_at[index]),
      }),
      tags,
    }
  })
}

/** The members that are there. */
function present<T extends Record<string, unknown>>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(members).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }
}

function toTime(timeMs: string): string {
  return new Date(Number(timeMs)).toISOString()
}

function optionalTime(timeMs: string | null | undefined): string | undefined {
  return timeMs === null || timeMs === undefined ? undefined : toTime(timeMs)
}
