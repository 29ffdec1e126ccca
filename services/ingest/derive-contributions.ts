/**
 * From a session to its contributions: for each ISO week the plays that may count, each track once.
 * @module
 */
import type { Counting } from '#platform/store/session-rows.ts'
import { judgePlays } from '#rules/counting.ts'
import { genresOfTag } from '#rules/genres/genres-of-tag.ts'
import type { TrackTags } from '#rules/identity/clean-tags.ts'
import { asTyped, type NamedTrack, nameTrack } from '#rules/identity/name-track.ts'
import { weekNumber } from '#rules/periods.ts'
import { playedBefore } from '#rules/played-before.ts'
import type { Session } from '#schemas/records/session.ts'
import { columnsForAnalysts, type MaySay, type PlayDetails, readDetails, type SessionUsage } from './play-details.ts'
import { remembering } from './remembering.ts'

/** A play as a contribution keeps it. */
export interface ContributedPlay {
  readonly week: number
  /** Unix seconds. */
  readonly at: number
  readonly track: string
  readonly artist: string
  readonly title: string
  readonly label: string
  readonly genres: readonly string[]
  /** The track that was played directly before, where its play may count in the same week; `0` where there is none. */
  readonly before: string
  readonly details: PlayDetails
}

const DAY_MS = 86_400_000
const DAY_SECONDS = 86_400
/** The week of a day since the Unix epoch: a session's plays lie in one or two of them. */
const rememberedWeek = remembering((day: number) => weekNumber(day * DAY_MS))
const rememberedGenres = remembering(genresOfTag)
const rememberedName = remembering((key: string): NamedTrack => {
  const [artist, title, remixer, fileName] = key.split('\u0000')
  return nameTrack({ artist, title, remixer, fileName })
})
/** The file's name is only asked where artist or title are missing, so it is only then part of what is remembered. */
function nameOf({ artist = '', title = '', remixer = '', fileName = '' }: TrackTags): NamedTrack {
  return rememberedName(`${artist}\u0000${title}\u0000${remixer}\u0000${artist === '' || title === '' ? fileName : ''}`)
}
const identify = (tags: TrackTags) => nameOf(tags).identity

/** The plays of a session that may count, whatever its flags and its account's consent say, in the order of time. */
export function playsThatMayCount(session: Session, receivedAtMs: number): ContributedPlay[] {
  const plays = session.tracks.map((play) => ({
    played: play.played,
    playedSeconds: play.playedSeconds,
    startedAtMs: Date.parse(play.startedAt),
    tags: play.tags,
  }))
  const judgements = judgePlays(plays, { receivedAtMs, accountContributes: true, sessionContributes: true, identify })
  const before = playedBefore(
    plays.map(({ startedAtMs }, index) => ({ startedAtMs, whyNot: judgements[index]?.whyNot })),
  )
  const weekOf = (startedAtMs: number) => rememberedWeek(Math.floor(startedAtMs / DAY_MS))
  const counted: ContributedPlay[] = []
  for (const [index, play] of session.tracks.entries()) {
    const { tags } = play
    const judged = judgements[index]
    const startedAtMs = plays[index]?.startedAtMs
    if (judged?.track === undefined || judged.whyNot !== undefined || startedAtMs === undefined) continue
    const { artist, title } = nameOf(tags)
    const week = weekOf(startedAtMs)
    const earlier = before.get(index) ?? -1
    const isSameWeek = weekOf(plays[earlier]?.startedAtMs ?? 0) === week
    counted.push({
      week,
      at: Math.floor(startedAtMs / 1000),
      track: judged.track,
      artist,
      title,
      label: asTyped(tags.label),
      genres: tags.genre === undefined ? [] : rememberedGenres(tags.genre),
      before: (isSameWeek ? judgements[earlier]?.track : undefined) ?? '0',
      details: readDetails(play),
    })
  }
  return counted.sort((a, b) => a.at - b.at)
}

/** Weeks and tracks of the plays, as the session's row keeps them. */
export function countingOf(plays: readonly ContributedPlay[]): Counting {
  return {
    days: plays.map(({ at }) => Math.floor(at / DAY_SECONDS)),
    tracks: plays.map(({ track }) => track),
    genres: plays.map(({ genres }) => genres.join(',')),
  }
}

/** The ISO weeks (`202607`) in which plays may count. */
export function weeksOf({ days }: Counting): Set<number> {
  return new Set(days.map((day) => rememberedWeek(day)))
}

/** The weeks in which a play that may have counted before counts no more, or no more in the same charts. */
export function weeksWithLosses(before: Counting, plays: readonly ContributedPlay[]): Set<number> {
  const after = countingOf(plays)
  const describe = (counting: Counting, index: number) =>
    `${counting.days[index]} ${counting.tracks[index]} ${counting.genres[index]}`
  const kept = new Set(after.days.map((_, index) => describe(after, index)))
  const lost = before.days.filter((_, index) => !kept.has(describe(before, index)))
  return new Set(lost.map((day) => rememberedWeek(day)))
}

/** What names the rows of a session's contributions. */
interface ContributionIdentity {
  readonly contributor: string
  readonly session: string
  /** Version of the key that made both. */
  readonly keyVersion: number
  readonly version: bigint
}

/**
 * The rows of a session's contributions, by week, of plays in the order of time. What only analysts' tables need is in them
 * as far as the account's objections allow.
 */
export function contributionRows(
  plays: readonly ContributedPlay[],
  identity: ContributionIdentity,
  usage: SessionUsage,
  maySay: MaySay,
): Map<number, string> {
  const byWeek = new Map<number, ContributedPlay[]>()
  for (const play of plays) {
    const ofWeek = byWeek.get(play.week)
    if (ofWeek === undefined) byWeek.set(play.week, [play])
    else ofWeek.push(play)
  }
  const rows = new Map<number, string>()
  let weekBefore: readonly ContributedPlay[] = []
  for (const [week, ofWeek] of byWeek) {
    rows.set(
      week,
      JSON.stringify({
        week,
        contributor: identity.contributor,
        session: identity.session,
        key_version: identity.keyVersion,
        version: identity.version.toString(),
        // Of the week before only: sessions last hours, not weeks, and a text with all of them would grow with the square.
        earlier_tracks: weekBefore.map(({ track }) => track),
        'plays.track': ofWeek.map(({ track }) => track),
        'plays.at': ofWeek.map(({ at }) => at),
        'plays.artist': ofWeek.map(({ artist }) => artist),
        'plays.title': ofWeek.map(({ title }) => title),
        'plays.label': ofWeek.map(({ label }) => label),
        ...columnsForAnalysts(ofWeek, usage, maySay),
        genres: ofWeek.map(({ genres }) => genres),
      }),
    )
    weekBefore = ofWeek
  }
  return rows
}

/** The row that says that nothing of a session counts in a week. */
export function emptyContributionRow(week: number, identity: ContributionIdentity): string {
  const { contributor, session, keyVersion, version } = identity
  const names = { week, contributor, session, key_version: keyVersion }
  return JSON.stringify({ ...names, version: version.toString(), is_deleted: 1 })
}
