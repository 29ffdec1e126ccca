/**
 * Sessions to measure with: the same for the same numbers, made one at a time, so that a million plays need no memory.
 *
 * A few tracks are played by many DJs and most by few (the n-th track is chosen about 1/n as often as the first), as in
 * real charts; tags are as full and as long as those of real libraries.
 * @module
 */
import type { ProfilePatch } from '#schemas/records/profile.ts'
import type { SessionUpload } from '#schemas/records/session.ts'
import type { Tags } from '#schemas/records/track-play.ts'

/** All sessions lie in one ISO week that is long over, so that the charts of one week hold all of them. */
export const WEEK = '2025-W20'
const WEEK_START_MS = Date.UTC(2025, 4, 12)
const MINUTE_MS = 60_000
/** Sessions begin so early that all their plays lie in the week: 25 plays of 4 minutes are 100 minutes. */
const STARTS_WITHIN_MINUTES = 6 * 24 * 60

const TRACKS = 20_000
/** How many sessions a DJ plays in the week. */
export const SESSIONS_PER_DJ = 40

const places = ['US US-CA', 'US US-NY', 'US US-TX', 'GB GB-ENG', 'DE DE-BE', 'DE DE-BY', 'FR FR-IDF', 'NL NL-NH', 'ES ES-CT',
  'IT IT-25', 'PL PL-MZ', 'BR BR-SP', 'AR AR-C', 'MX MX-CMX', 'JP JP-13', 'KR KR-11', 'AU AU-NSW', 'NZ NZ-AUK', 'ZA ZA-GP', 'NG NG-LA'] // biome-ignore format: a list
const genres = ['House', 'Tech House', 'Deep House', 'Techno', 'Drum & Bass', 'Trance', 'Hip-Hop', 'Nu Disco', 'Dubstep', 'UK Garage', 'Afro House', 'Reggaeton'] // biome-ignore format: a list
const words = ['Midnight', 'Harbour', 'Signal', 'Weightless', 'Copper', 'Northern', 'Paper', 'Velvet', 'Static', 'Golden', 'Hollow', 'Distant', 'Electric', 'Tidal', 'Broken', 'Silver', 'Meridian', 'Lantern', 'Concrete', 'Satellite', 'Ember', 'Monsoon', 'Parallel', 'Quiet'] // biome-ignore format: a list
const keys = ['1A', '2A', '3A', '4A', '5A', '6A', '7A', '8A', '9B', '10B', '11B', '12B']

/** How many DJs play so many sessions. */
export function djsOf(sessions: number): number {
  return Math.max(10, Math.round(sessions / SESSIONS_PER_DJ))
}

/** The profile of a DJ, who contributes. */
export function makeProfile(dj: number): ProfilePatch {
  const [country = '', subdivision = ''] = pick(places, dj).split(' ')
  return {
    location: { country, subdivision },
    genrePreferences: [pick(genres, dj), pick(genres, dj * 7 + 3)],
    choices: { charts: true },
  }
}

/** A session of a DJ: `number` counts the DJ's sessions. */
export function makeSession(dj: number, number: number, tracks: number): SessionUpload {
  const random = randomNumbers(dj * 1_000_003 + number)
  const startMs = WEEK_START_MS + Math.floor(random() * STARTS_WITHIN_MINUTES) * MINUTE_MS
  const time = (ms: number) => new Date(ms).toISOString()
  let atMs = startMs
  return {
    id: String(number + 1),
    historyId: `history-${dj}`,
    software: { name: 'Serato DJ Pro', version: '3.2.1' },
    system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
    name: `${pick(words, dj + number)} night ${number + 1}`,
    startedAt: time(startMs),
    endedAt: time(startMs + tracks * 4 * MINUTE_MS),
    tracks: Array.from({ length: tracks }, (_, index) => {
      const seconds = 60 + Math.floor(random() * 180)
      const startedAt = time(atMs)
      const endedAt = time(atMs + seconds * 1000)
      atMs += seconds * 1000
      return {
        id: String(index + 1),
        deck: (index % 2) + 1,
        played: true,
        startedAt,
        endedAt,
        playedSeconds: seconds,
        playedPercent: Math.round(random() * 1000) / 10,
        tags: tagsOf(Math.floor(TRACKS ** random())),
      }
    }),
  }
}

/** The tags of a track, the same wherever it is played. */
function tagsOf(track: number): Tags {
  const known = tagsByTrack.get(track)
  if (known !== undefined) return known
  const random = randomNumbers(track)
  const artist = `${pick(words, track)} ${pick(words, Math.floor(track / 7) + 5)} ${Math.floor(track / 40)}`
  const title = `${pick(words, track * 5 + 1)} ${pick(words, Math.floor(track / 3))} (Original Mix ${track})`
  const tags: Tags = {
    title,
    artist,
    album: `${pick(words, Math.floor(track / 11))} EP`,
    genre: pick(genres, track),
    label: `${pick(words, Math.floor(track / 100))} Recordings`,
    bpm: Math.round((118 + random() * 20) * 100) / 100,
    key: pick(keys, track),
    year: 2000 + Math.floor(random() * 25),
    trackNumber: 1 + Math.floor(random() * 12),
    bitRate: 320,
    sampleRate: 44_100,
    fileName: `${artist} - ${title}.mp3`,
    fileSize: 8_000_000 + Math.floor(random() * 6_000_000),
    lengthSeconds: 240 + Math.floor(random() * 180),
  }
  tagsByTrack.set(track, tags)
  return tags
}

const tagsByTrack = new Map<number, Tags>()

function pick<T>(list: readonly T[], index: number): T {
  const picked = list[index % list.length]
  if (picked === undefined) throw new RangeError('the list is empty')
  return picked
}

/** Numbers from 0 up to 1, the same for the same seed. Source: mulberry32 by Tommy Ettinger, in the public domain. */
function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
