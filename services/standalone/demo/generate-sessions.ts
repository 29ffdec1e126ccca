/**
 * The sessions of a generated DJ, as DJ software would send them. Every session is a pure function of the seed, the DJ,
 * the week and its number in the week, so they can be made in any order and a million plays need no more memory than one.
 *
 * @example
 * const catalogue = createCatalogue({ seed: 7 })
 * for (const dj of generateDjs({ seed: 7, djs: 100 })) {
 *   for (const session of generateSessions(dj, { catalogue, nowMs, weeks: 12 })) await send(dj, session)
 * }
 * @module
 */
import type { SessionUpload } from '#schemas/records/session.ts'
import type { TrackPlayUpload } from '#schemas/records/track-play.ts'
import { type Catalogue, type CatalogueTrack, startOfWeek, weekOf } from './catalogue.ts'
import { djHomes } from './dj-homes.ts'
import type { GeneratedDj } from './generate-djs.ts'
import { inventTitle } from './invented-names.ts'
import { libraryCopy } from './library-copy.ts'
import { musicStyles } from './music-styles.ts'
import { createRandom, type Random, unitOf, weightedIndex } from './random.ts'

export interface GenerateSessionsOptions {
  /** Of the DJ's seed. May be shared by all DJs of it, for it only remembers. */
  readonly catalogue: Catalogue
  /** Sessions end before it. Unix milliseconds. */
  readonly nowMs: number
  /** The week of `nowMs` and those before it, in all. */
  readonly weeks: number
}

const draw = { count: 31, session: 32, favourite: 33 } as const

/** Tracks that a DJ has in the bag, and how long one stays there. */
const FAVOURITES = 24
const FAVOURITE_WEEKS = 6
/** No more in a session; a week has this many sessions at most, so that ids are unique. */
const TRACKS_MAX = 60
const SESSIONS_A_WEEK_MAX = 7

/** Monday to Sunday. */
const dayWeights = [1, 1, 2, 4, 10, 12, 4]
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** A DJ's sessions in the order of time, oldest first. */
export function* generateSessions(
  dj: GeneratedDj,
  { catalogue, nowMs, weeks }: GenerateSessionsOptions,
): Generator<SessionUpload, void> {
  const lastWeek = weekOf(nowMs)
  for (let week = lastWeek - weeks + 1; week <= lastWeek; week += 1) {
    for (const session of sessionsOfWeek(dj, catalogue, week)) {
      if (Date.parse(session.endedAt ?? session.startedAt) < nowMs) yield session
    }
  }
}

function sessionsOfWeek(dj: GeneratedDj, catalogue: Catalogue, week: number): SessionUpload[] {
  const count = Math.floor(dj.sessionsAWeek + unitOf(dj.seed, draw.count, dj.index, week))
  const sessions: SessionUpload[] = []
  for (let number = 0; number < Math.min(count, SESSIONS_A_WEEK_MAX); number += 1) {
    sessions.push(generateSession(dj, catalogue, week, number))
  }
  return sessions.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
}

/** Session `number` (from 0) that a DJ plays in a week (as {@link weekOf} counts them). */
function generateSession(dj: GeneratedDj, catalogue: Catalogue, week: number, number: number): SessionUpload {
  const random = createRandom(dj.seed, draw.session, dj.index, week, number)
  const offsetMinutes = djHomes[dj.home]?.offsetMinutes ?? 0
  const firstDay = weightedIndex(dayWeights, unitOf(dj.seed, draw.session, dj.index, week))
  const day = (firstDay + number) % 7
  const localHour = random.chance(0.15) ? random.between(13, 18) : random.between(20, 25.5)
  const startMs = startOfWeek(week) + day * DAY_MS + Math.floor(localHour * 60) * MINUTE_MS - offsetMinutes * MINUTE_MS
  const tracks: TrackPlayUpload[] = []
  const endMs = fillWithPlays(tracks, { dj, catalogue, week, random, startMs, lengthMinutes: random.between(20, 80) })
  const isEdited = random.chance(0.1)
  return {
    id: String(week * (SESSIONS_A_WEEK_MAX + 1) + number),
    historyId: dj.historyId,
    software: dj.software,
    system: dj.system,
    ...(random.chance(0.4) ? { name: inventTitle(random, 'english') } : {}),
    startedAt: localTime(startMs, offsetMinutes),
    endedAt: localTime(endMs, offsetMinutes),
    ...(isEdited ? { editedAt: localTime(endMs + random.integer(1, 40) * MINUTE_MS, offsetMinutes) } : {}),
    visibility: random.chance(dj.publicShare) ? 'public' : 'private',
    ...(random.chance(0.03) ? { contributeToCharts: false } : {}),
    tracks,
  }
}

interface Night {
  readonly dj: GeneratedDj
  readonly catalogue: Catalogue
  readonly week: number
  readonly random: Random
  readonly startMs: number
  readonly lengthMinutes: number
}

/** Plays one track after the other until the night is over, and returns when that is. */
function fillWithPlays(tracks: TrackPlayUpload[], night: Night): number {
  const { dj, random, startMs, lengthMinutes } = night
  const offsetMinutes = djHomes[dj.home]?.offsetMinutes ?? 0
  const chosen: CatalogueTrack[] = []
  let atMs = startMs
  while (tracks.length < TRACKS_MAX && atMs < startMs + lengthMinutes * MINUTE_MS) {
    const track = chooseTrack(night, chosen)
    chosen.push(track)
    const seconds = playedSeconds(random, track)
    const isPlayed = !random.chance(0.03)
    tracks.push({
      id: String(tracks.length + 1),
      deck: 1 + (tracks.length % dj.decks),
      ...(isPlayed && random.chance(0.5) ? {} : { played: isPlayed }),
      startedAt: localTime(atMs, offsetMinutes),
      endedAt: localTime(atMs + seconds * 1000, offsetMinutes),
      ...(random.chance(0.97) ? { playedSeconds: seconds } : {}),
      ...(random.chance(0.5) ? { playedPercent: Math.round((seconds / track.lengthSeconds) * 1000) / 10 } : {}),
      tags: random.chance(0.01) ? nameless(random, tracks.length) : libraryCopy(dj, track),
    })
    // The next one starts while this one still plays.
    atMs += Math.max(5, seconds - random.integer(8, 25)) * 1000
  }
  return atMs + 30_000
}

/** Seldom the same track twice in a night. */
function chooseTrack(night: Night, chosen: readonly CatalogueTrack[]): CatalogueTrack {
  const { random } = night
  const before = chosen[random.integer(0, Math.max(0, chosen.length - 1))]
  if (before !== undefined && random.chance(0.015)) return before
  let track = drawTrack(night)
  for (let tries = 0; tries < 8 && chosen.includes(track); tries += 1) track = drawTrack(night)
  return track
}

function drawTrack({ dj, catalogue, week, random }: Night): CatalogueTrack {
  if (random.chance(0.3)) return favourite(dj, catalogue, week, random.integer(0, FAVOURITES - 1))
  return catalogue.pick(styleOf(dj, random.next()), dj.home, week, random.next())
}

/** What was picked up some weeks ago and is in the bag since then; each week some favourites change. */
function favourite(dj: GeneratedDj, catalogue: Catalogue, week: number, number: number): CatalogueTrack {
  const times = Math.floor((week + number) / FAVOURITE_WEEKS)
  const random = createRandom(dj.seed, draw.favourite, dj.index, number, times)
  return catalogue.pick(styleOf(dj, random.next()), dj.home, times * FAVOURITE_WEEKS - number, random.next())
}

/** Mostly the main genre, often the second, now and then what the country likes to hear. */
function styleOf({ styles: [main, second = main] }: GeneratedDj, unit: number): number {
  if (unit < 0.7) return main
  if (unit < 0.94) return second
  return Math.floor(((unit - 0.94) / 0.06) * musicStyles.length)
}

function playedSeconds(random: Random, { style, lengthSeconds }: CatalogueTrack): number {
  // Looked for in the headphones, or taken out at once.
  if (random.chance(0.04)) return random.integer(3, 29)
  const [min, max] = (musicStyles[style] ?? musicStyles[0]).playedSeconds
  return Math.min(lengthSeconds, random.integer(min, max))
}

/** What has no name that charts could count. */
function nameless(random: Random, place: number): NonNullable<TrackPlayUpload['tags']> {
  return random.pick([
    { title: `Track ${place + 1}`, artist: 'Unknown Artist' },
    { title: 'ID', artist: 'ID' },
    { title: `Recording ${place + 1}` },
    {},
  ])
}

/** RFC 3339 in local time, as DJ software writes it. */
function localTime(timeMs: number, offsetMinutes: number): string {
  const local = new Date(timeMs + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19)
  const minutes = Math.abs(offsetMinutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
