/**
 * What analysts' tables are to tell of a history, counted the naive way from CONTRACT.md ("Analysts"): play by play, from
 * nothing, and before anything is withheld. The identity of a track, the slugs of genres and the reading of keys and systems
 * are the service's own; they are tested elsewhere.
 * @module
 */
import { genresOfTag } from '#rules/genres/genres-of-tag.ts'
import { readMusicalKey } from '#rules/tags/musical-key.ts'
import { operatingSystemName } from '#rules/tags/operating-system.ts'
import { cleanedForm, identifyTrack, toTrackId } from '#rules/track-identity.ts'
import type { TrackPlay } from '#schemas/records/track-play.ts'
import { type ModelAccounts, type ModelSession, periodNames, reasonsAgainst, regionsOf } from './chart-model.ts'

/** A cell of a table: what its row is to say where it is shown. */
export interface ModelCell {
  readonly owners: ReadonlySet<string>
  readonly plays: number
  /** Of tracks: what each account plays of them, in seconds and hundredths of beats per minute. */
  readonly seconds: readonly number[]
  readonly bpmHundredths: readonly number[]
}

/** By `week region item`. */
export interface ModelTables {
  readonly track_weeks: ReadonlyMap<string, ModelCell>
  readonly tag_weeks: ReadonlyMap<string, ModelCell>
  readonly transition_weeks: ReadonlyMap<string, ModelCell>
}

interface CountedPlay {
  readonly owner: string
  readonly week: string
  readonly track: string
  /** The track played directly before, where it counts in the same week. */
  readonly before: string | undefined
  readonly play: TrackPlay
  readonly session: ModelSession
}

export function analystsTables(
  accounts: ModelAccounts,
  rules: { readonly playsPerDj: number },
  canonical: ReadonlyMap<string, string> = new Map(),
): ModelTables {
  const plays = [...accounts.sessions.values()]
    .flatMap((session) => countedPlays(accounts, session, canonical))
    .filter(({ owner }) => accounts.profiles.get(owner)?.statistics === true)
  const tables = { track_weeks: cells(), tag_weeks: cells(), transition_weeks: cells() }
  for (const one of plays) {
    const profile = accounts.profiles.get(one.owner)
    for (const region of regionsOf(profile)) {
      const place = `${one.week} ${region}`
      tables.track_weeks.add(`${place} ${toTrackId(one.track)}`, one)
      for (const [tag, value] of tagsOf(one)) {
        if (['software', 'os', 'deck'].includes(tag) && profile?.usage === false) continue
        tables.tag_weeks.add(`${place} ${tag} ${value}`, one)
      }
      if (one.before !== undefined && one.before !== one.track) {
        tables.transition_weeks.add(`${place} ${toTrackId(one.before)} ${toTrackId(one.track)}`, one)
      }
    }
  }
  return {
    track_weeks: tables.track_weeks.count(rules.playsPerDj),
    tag_weeks: tables.tag_weeks.count(rules.playsPerDj),
    transition_weeks: tables.transition_weeks.count(rules.playsPerDj),
  }
}

/** The plays of a session that count: of merged tracks the earliest. */
function countedPlays(
  accounts: ModelAccounts,
  known: ModelSession,
  canonical: ReadonlyMap<string, string>,
): CountedPlay[] {
  const reasons = reasonsAgainst(accounts, known)
  const ordered = known.session.tracks
    .map((play, index) => {
      const identity = identifyTrack(play.tags.artist, play.tags.title)
      const own = identity.kind === 'track' ? identity.track : ''
      return {
        play,
        index,
        atMs: Date.parse(play.startedAt),
        track: canonical.get(own) ?? own,
        against: reasons[index] ?? [],
      }
    })
    .filter(({ against }) => !against.includes('not-played') && !against.includes('too-short'))
    .sort((a, b) => a.atMs - b.atMs || a.index - b.index)
  const seen = new Set<string>()
  const isCounted = ordered.map(({ track, against }) => {
    const counts = against.length === 0 && !seen.has(track)
    if (counts) seen.add(track)
    return counts
  })
  const weekOf = (index: number) => periodNames(ordered[index]?.atMs ?? 0)[0] ?? ''
  return ordered.flatMap(({ play, track }, index) => {
    if (isCounted[index] !== true) return []
    const follows = isCounted[index - 1] === true && weekOf(index - 1) === weekOf(index)
    const before = follows ? ordered[index - 1]?.track : undefined
    return [{ owner: known.owner, week: weekOf(index), track, before, play, session: known }]
  })
}

function tagsOf({ play, session }: CountedPlay): [tag: string, value: string][] {
  const { genre, label = '', key = '', bpm, year, remixer = '', bitRate } = play.tags
  const tags: [string, string | undefined][] = [
    ...(genre === undefined ? [] : genresOfTag(genre)).map((slug): [string, string] => ['genre', slug]),
    ['label', cleanedForm(label)],
    ['key', readMusicalKey(key)?.camelot],
    ['bpm', bpm === undefined ? undefined : String(Math.floor(Math.round(bpm * 100) / 100 + 0.5))],
    ['year', year?.toString()],
    ['remixer', cleanedForm(remixer)],
    ['bit_rate', bitRate?.toString()],
    ['software', session.session.software?.name],
    ['os', operatingSystemName(session.session.system?.os ?? '')],
    ['deck', play.deck?.toString()],
  ]
  return tags.filter((tag): tag is [string, string] => tag[1] !== undefined && tag[1] !== '')
}

function cells() {
  const plays = new Map<string, CountedPlay[]>()
  return {
    add(cell: string, play: CountedPlay) {
      const those = plays.get(cell) ?? []
      plays.set(cell, those)
      those.push(play)
    },
    count: (playsPerDj: number) =>
      new Map([...plays].map(([cell, those]): [string, ModelCell] => [cell, countCell(those, playsPerDj)])),
  }
}

/** An account gives at most so many plays of a track to a cell. */
function countCell(plays: readonly CountedPlay[], playsPerDj: number): ModelCell {
  const owners = new Set(plays.map(({ owner }) => owner))
  const given = new Map<string, number>()
  for (const { owner, track } of plays) {
    const pair = `${owner} ${track}`
    given.set(pair, Math.min(playsPerDj, (given.get(pair) ?? 0) + 1))
  }
  const ofOwners = (read: (play: TrackPlay) => number) =>
    [...owners].flatMap((owner) => {
      const values = plays
        .filter((one) => one.owner === owner)
        .map(({ play }) => read(play))
        .filter((value) => value > 0)
      return values.length === 0 ? [] : [median(values)]
    })
  return {
    owners,
    plays: [...given.values()].reduce((sum, one) => sum + one, 0),
    seconds: ofOwners(({ playedSeconds }) => Math.round(playedSeconds ?? 0)),
    bpmHundredths: ofOwners(({ tags }) => Math.round((tags.bpm ?? 0) * 100)),
  }
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}
