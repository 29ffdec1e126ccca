/**
 * What is to be stored and shown after a history, counted the naive way: play by play, from CONTRACT.md ("How charts
 * count", and the paragraph on what a `PATCH` holds), and from nothing each time.
 *
 * Only the identity of a track and the slugs of genres are the service's own; they are tested elsewhere.
 * @module
 */

import { genresOfTag, withAncestors } from '#rules/genres/genres-of-tag.ts'
import { cleanTags } from '#rules/identity/clean-tags.ts'
import { cleanedForm, identifyTrack } from '#rules/track-identity.ts'
import type { AccountEvent, ProfileChange } from '#schemas/events/account-event.ts'
import type { Session, Visibility } from '#schemas/records/session.ts'
import type { WhyNot } from '#schemas/records/track-play.ts'

export interface ModelRules {
  readonly minimumDjs: number
  readonly playsPerDj: number
}

/** What the DJ chose by hand. */
interface Chosen {
  name?: string | null
  visibility?: Visibility
  contributeToCharts?: boolean
}

export interface ModelSession {
  readonly owner: string
  readonly key: string
  readonly session: Session
  readonly receivedAtMs: number
  readonly name: string | undefined
  readonly visibility: Visibility
  readonly contributeToCharts: boolean
}

export interface ModelProfile {
  charts: boolean
  /** False where the account objects. */
  statistics: boolean
  usage: boolean
  country: string | undefined
  subdivision: string | undefined
  genrePreferences: readonly string[]
}

export interface ModelAccounts {
  /** The sessions that exist, by key. */
  readonly sessions: ReadonlyMap<string, ModelSession>
  readonly profiles: ReadonlyMap<string, ModelProfile>
}

/** A play that counts. */
export interface ModelPlay {
  readonly owner: string
  readonly sessionKey: string
  /** Unix milliseconds. */
  readonly atMs: number
  readonly track: string
  readonly artist: string
  readonly title: string
  readonly label: string
  readonly genres: readonly string[]
}

export interface ModelEntry {
  readonly track: string
  readonly djs: number
  readonly plays: number
  /** All counted plays behind it, for what of their texts may be shown. */
  readonly of: readonly ModelPlay[]
}

export interface ModelChart {
  readonly owners: ReadonlySet<string>
  readonly plays: number
  readonly entries: readonly ModelEntry[]
}

/** Continents of the countries that the tests use. */
const continents: Readonly<Record<string, string>> = {
  NZ: 'oceania',
  AU: 'oceania',
  DE: 'europe',
  FR: 'europe',
  US: 'north-america',
}

/** Which sessions exist, and what holds for each. */
export function readHistory(events: readonly AccountEvent[]): ModelAccounts {
  const sent = new Map<string, { owner: string; session: Session; receivedAtMs: number }>()
  const chosen = new Map<string, Chosen>()
  const deleted = new Set<string>()
  const profiles = new Map<string, ModelProfile>()
  const find = (owner: string, ref: string): string | undefined => {
    if (sent.get(ref)?.owner === owner) return ref
    const byId = [...sent].filter(([, known]) => known.owner === owner && known.session.id === ref)
    return byId.length === 1 ? byId[0]?.[0] : undefined
  }

  const closed = new Set<string>()
  const blocked = new Map<string, string>()
  const keysOf = new Map<string, Set<string>>()
  for (const event of events) {
    if (event.type === 'account-erased') {
      profiles.delete(event.owner)
      for (const key of keysOf.get(event.owner) ?? []) {
        sent.delete(key)
        deleted.delete(key)
        chosen.delete(key)
      }
      closed.add(event.owner)
    } else if (event.type === 'account-block') {
      if (event.block === null) blocked.delete(event.owner)
      else blocked.set(event.owner, event.block)
    } else if (event.type === 'profile-change') {
      // The account's own word begins it anew.
      if (blocked.get(event.owner) === 'under-age' || (closed.has(event.owner) && event.by === 'admin')) continue
      closed.delete(event.owner)
      profiles.set(event.owner, changed(profiles.get(event.owner), event.patch))
    } else if (closed.has(event.owner)) {
      // An erased account takes nothing until its DJ begins anew.
    } else if (event.type === 'session-put') {
      if (blocked.has(event.owner)) continue
      const { key, owner, session, at } = event
      keysOf.set(owner, (keysOf.get(owner) ?? new Set()).add(key))
      // A session that its DJ deleted stays deleted, unless the upload says otherwise by name.
      if (deleted.has(key) && event.undelete !== true) continue
      deleted.delete(key)
      sent.set(key, { owner, session, receivedAtMs: at })
      const choices = chosen.get(key)
      // What was chosen holds; sending the session again may make it more private, never less.
      if (choices?.visibility === 'public' && session.visibility === 'private') choices.visibility = 'private'
      if (choices?.contributeToCharts === true && session.contributeToCharts === false)
        choices.contributeToCharts = false
    } else {
      const key = find(event.owner, event.ref)
      if (key === undefined) continue
      if (event.type === 'session-choices') chosen.set(key, { ...chosen.get(key), ...event.choices })
      else {
        sent.delete(key)
        deleted.add(key)
        // The contract is silent on choices for a deleted session that comes back; nothing may make it less private.
        const { visibility, contributeToCharts } = chosen.get(key) ?? {}
        chosen.set(key, {
          ...(visibility === 'private' ? { visibility } : {}),
          ...(contributeToCharts === false ? { contributeToCharts } : {}),
        })
      }
    }
  }

  const sessions = [...sent].map(([key, { owner, session, receivedAtMs }]): [string, ModelSession] => {
    const choices = chosen.get(key) ?? {}
    return [
      key,
      {
        owner,
        key,
        session,
        receivedAtMs,
        name: choices.name === undefined ? session.name : (choices.name ?? undefined),
        visibility: choices.visibility ?? session.visibility ?? 'private',
        contributeToCharts: choices.contributeToCharts ?? session.contributeToCharts ?? true,
      },
    ]
  })
  return { sessions: new Map(sessions), profiles }
}

/** All reasons why each play of a session does not count; none where it counts. */
export function reasonsAgainst(accounts: ModelAccounts, known: ModelSession): WhyNot[][] {
  const earliest = new Map<string, number>()
  const { tracks } = known.session
  const reasons = tracks.map((play): WhyNot[] => {
    const identity = identifyTrack(play.tags.artist, play.tags.title)
    const isLate = Date.parse(play.startedAt) > known.receivedAtMs + 10 * 60_000
    return [
      ...(accounts.profiles.get(known.owner)?.charts === true ? [] : (['not-contributed'] as const)),
      ...(known.contributeToCharts ? [] : (['session-left-out'] as const)),
      ...(play.played === false ? (['not-played'] as const) : []),
      ...(play.playedSeconds !== undefined && play.playedSeconds < 30 ? (['too-short'] as const) : []),
      ...(identity.kind === 'track' ? [] : [identity.kind]),
      ...(isLate ? (['in-the-future'] as const) : []),
    ]
  })
  const trackOf = (index: number) => {
    const identity = identifyTrack(tracks[index]?.tags.artist, tracks[index]?.tags.title)
    return identity.kind === 'track' ? identity.track : ''
  }
  const startOf = (index: number) => Date.parse(tracks[index]?.startedAt ?? '')
  reasons.forEach((against, index) => {
    const best = earliest.get(trackOf(index))
    if (against.length === 0 && (best === undefined || startOf(index) < startOf(best))) {
      earliest.set(trackOf(index), index)
    }
  })
  return reasons.map((against, index) => {
    const counted = earliest.get(trackOf(index))
    return counted === undefined || counted === index ? against : [...against, 'repeated-in-session']
  })
}

/** Every play that counts. */
export function countedPlays(accounts: ModelAccounts): ModelPlay[] {
  return [...accounts.sessions.values()].flatMap((known) =>
    reasonsAgainst(accounts, known).flatMap((against, index): ModelPlay[] => {
      const play = known.session.tracks[index]
      const identity = identifyTrack(play?.tags.artist, play?.tags.title)
      if (against.length > 0 || play === undefined || identity.kind !== 'track') return []
      const { artist = '', title = '', label = '', genre } = play.tags
      return [
        {
          owner: known.owner,
          sessionKey: known.key,
          atMs: Date.parse(play.startedAt),
          track: identity.track,
          ...{ artist, title, label },
          genres: genre === undefined ? [] : genresOfTag(genre),
        },
      ]
    }),
  )
}

/** The charts that readers see, by `region/genre/period`. */
export function publishedCharts(accounts: ModelAccounts, rules: ModelRules): Map<string, ModelChart> {
  const plays = new Map<string, ModelPlay[]>()
  for (const play of countedPlays(accounts)) {
    const profile = accounts.profiles.get(play.owner)
    const scenes = withAncestors(profile?.genrePreferences ?? []).map((genre) => `scene-${genre}`)
    for (const region of regionsOf(profile)) {
      for (const genre of ['all', ...play.genres, ...scenes]) {
        for (const period of periodNames(play.atMs)) {
          const name = `${region}/${genre}/${period}`
          const those = plays.get(name)
          if (those === undefined) plays.set(name, [play])
          else those.push(play)
        }
      }
    }
  }
  const charts = new Map<string, ModelChart>()
  for (const [name, those] of plays) {
    const chart = countChart(those, rules)
    if (chart.owners.size >= rules.minimumDjs && chart.entries.length > 0) charts.set(name, chart)
  }
  for (const name of withheldCharts(charts, rules.minimumDjs)) charts.delete(name)
  return charts
}

/** Names of the ISO week, the month and the year that an instant lies in, in UTC. */
export function periodNames(atMs: number): string[] {
  const date = new Date(atMs)
  const month = date.toISOString().slice(0, 7)
  // The year of a week is that of its Thursday, and its number counts the Thursdays of that year.
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()))
  while (thursday.getUTCDay() !== 4) {
    const isBefore = (date.getUTCDay() + 6) % 7 < 3
    thursday.setUTCDate(thursday.getUTCDate() + (isBefore ? 1 : -1))
  }
  const dayOfYear = (thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000
  const week = String(Math.floor(dayOfYear / 7) + 1).padStart(2, '0')
  return [`${thursday.getUTCFullYear()}-W${week}`, month, month.slice(0, 4)]
}

/** Whether a text may stand for a track: enough accounts type it so, or it is the form that all of them share. */
export function mayBeShown(
  text: string,
  { of }: ModelEntry,
  member: 'artist' | 'title' | 'label',
  minimumDjs: number,
): boolean {
  // White space around a text is nobody's spelling.
  const typed = of.map((play) => ({ owner: play.owner, text: play[member].trim() }))
  if (new Set(typed.filter((one) => one.text === text).map(({ owner }) => owner)).size >= minimumDjs) return true
  if (member === 'label' && text === '') return true
  const alike = of.filter((play) => {
    if (member === 'label') return cleanedForm(play.label) === cleanedForm(text)
    const clean = cleanTags({ artist: play.artist, title: play.title })
    return clean.kind === 'track' && clean[member] === text.toLowerCase()
  })
  return new Set(alike.map((play) => play.owner)).size >= minimumDjs
}

function changed(profile: ModelProfile | undefined, patch: ProfileChange['patch']): ModelProfile {
  const before: ModelProfile = profile ?? {
    charts: false,
    statistics: true,
    usage: true,
    country: undefined,
    subdivision: undefined,
    genrePreferences: [],
  }
  const { choices, location, genrePreferences } = patch
  // JSON Merge Patch: what is absent stays, `null` takes it back.
  const merged = <T>(value: T | null | undefined, old: T | undefined) =>
    value === undefined ? old : (value ?? undefined)
  return {
    charts: choices === null ? false : (merged(choices?.charts, before.charts) ?? false),
    statistics: choices === null ? true : (merged(choices?.statistics, before.statistics) ?? true),
    usage: choices === null ? true : (merged(choices?.usage, before.usage) ?? true),
    country: location === null ? undefined : merged(location?.country, before.country),
    subdivision: location === null ? undefined : merged(location?.subdivision, before.subdivision),
    genrePreferences: merged(genrePreferences, before.genrePreferences) ?? [],
  }
}

export function regionsOf(profile: ModelProfile | undefined): string[] {
  const { country, subdivision } = profile ?? {}
  if (country === undefined) return ['world']
  const above = ['world', continents[country] ?? '', country]
  return subdivision?.startsWith(`${country}-`) === true ? [...above, subdivision] : above
}

function countChart(plays: readonly ModelPlay[], { minimumDjs, playsPerDj }: ModelRules): ModelChart {
  const entries = [...new Set(plays.map(({ track }) => track))].map((track): ModelEntry => {
    const of = plays.filter((play) => play.track === track)
    const owners = [...new Set(of.map(({ owner }) => owner))]
    const given = owners.map((owner) => Math.min(playsPerDj, of.filter((play) => play.owner === owner).length))
    return { track, djs: owners.length, plays: given.reduce((sum, one) => sum + one, 0), of }
  })
  return {
    owners: new Set(plays.map(({ owner }) => owner)),
    plays: entries.reduce((sum, entry) => sum + entry.plays, 0),
    entries: entries
      .filter(({ djs }) => djs >= minimumDjs)
      .sort((a, b) => b.djs - a.djs || b.plays - a.plays || (BigInt(a.track) < BigInt(b.track) ? -1 : 1))
      .slice(0, 100),
  }
}

/** Charts of sub-regions that would tell of the few accounts of a region that are in none of them. */
function withheldCharts(charts: ReadonlyMap<string, ModelChart>, minimumDjs: number): string[] {
  const families = new Map<string, Map<string, ReadonlySet<string>>>()
  for (const [name, { owners }] of charts) {
    const [region = '', ...rest] = name.split('/')
    const family = families.get(rest.join('/')) ?? new Map<string, ReadonlySet<string>>()
    families.set(rest.join('/'), family.set(region, owners))
  }
  return [...families].flatMap(([rest, regions]) =>
    withheldRegionsOf(regions, minimumDjs).map((region) => `${region}/${rest}`),
  )
}

/** The same for the charts of one genre and period, by the accounts in each. Of several regions that tell too much the
 * one with the first sub-region by code is mended first. */
export function withheldRegionsOf(charts: ReadonlyMap<string, ReadonlySet<string>>, minimumDjs: number): string[] {
  const published = new Map(charts)
  const lies = (region: string, above: string) => region !== above && regionsAbove(region).includes(above)
  for (;;) {
    const regions = [...published.keys()].sort()
    const next = regions.flatMap((sub) => {
      const above = regionsAbove(sub).find((region) => published.has(region))
      if (above === undefined) return []
      const inside = regions.filter((region) => lies(region, above))
      const covered = new Set(inside.flatMap((region) => [...(published.get(region) ?? [])]))
      const left = [...(published.get(above) ?? [])].filter((owner) => !covered.has(owner)).length
      if (left === 0 || left >= minimumDjs) return []
      const direct = inside.filter((region) => !inside.some((other) => lies(region, other)))
      const sizeOf = (region: string) => published.get(region)?.size ?? 0
      return direct.sort((a, b) => sizeOf(a) - sizeOf(b)).slice(0, 1)
    })[0]
    if (next === undefined) return [...charts.keys()].filter((region) => !published.has(region))
    published.delete(next)
  }
}

/** The regions that a region lies in, the nearest first. */
export function regionsAbove(region: string): string[] {
  if (region === 'world') return []
  if (!/^[A-Z]{2}/.test(region)) return ['world']
  const country = region.slice(0, 2)
  const above = [continents[country] ?? '', 'world']
  return region.length > 2 ? [country, ...above] : above
}
