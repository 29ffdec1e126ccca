import { createHash } from 'node:crypto'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { genreSlug } from '#rules/genres/genres-of-tag.ts'
import { isSubdivision, parentRegion } from '#rules/regions.ts'
import { identifyTrack } from '#rules/track-identity.ts'
import { ProfilePatch } from '#schemas/records/profile.ts'
import { SessionUpload } from '#schemas/records/session.ts'
import { createCatalogue } from '../../services/standalone/demo/catalogue.ts'
import { djHomes } from '../../services/standalone/demo/dj-homes.ts'
import { type GeneratedDj, generateDj, generateDjs } from '../../services/standalone/demo/generate-djs.ts'
import { generateSessions } from '../../services/standalone/demo/generate-sessions.ts'
import { musicStyles } from '../../services/standalone/demo/music-styles.ts'

const nowMs = Date.parse('2026-02-16T00:00:00Z')
const WEEK_MS = 7 * 86_400_000
const world = { seed: 5, djs: 60, weeks: 6 }

function* allSessions({ seed, djs, weeks } = world): Generator<{ dj: GeneratedDj; session: SessionUpload }> {
  const catalogue = createCatalogue({ seed })
  for (const dj of generateDjs({ seed, djs })) {
    for (const session of generateSessions(dj, { catalogue, nowMs, weeks })) yield { dj, session }
  }
}

function digestOf(items: Iterable<unknown>): string {
  const hash = createHash('sha256')
  for (const item of items) hash.update(JSON.stringify(item))
  return hash.digest('hex')
}

/** How often each track was played, by all or by the DJs of one country. */
function playsByTrack(country?: string): Map<string, number> {
  const plays = new Map<string, number>()
  for (const { dj, session } of allSessions({ ...world, djs: 200 })) {
    if (country !== undefined && djHomes[dj.home]?.country !== country) continue
    for (const { tags } of session.tracks) {
      const identity = identifyTrack(tags?.artist, tags?.title)
      if (identity.kind === 'track') plays.set(identity.track, (plays.get(identity.track) ?? 0) + 1)
    }
  }
  return plays
}

const mostPlayed = (plays: ReadonlyMap<string, number>) =>
  [...plays].sort(([, a], [, b]) => b - a).map(([track, count]) => ({ track, count }))

describe('the generated DJs and sessions', () => {
  it('are the same bytes for the same seed, and others for another', () => {
    const first = digestOf(allSessions())
    expect(digestOf(allSessions())).toBe(first)
    expect(digestOf(allSessions({ ...world, seed: 6 }))).not.toBe(first)
  })

  it('do not depend on which others were made before them', () => {
    const dj = generateDj(world.seed, 41)
    const alone = generateSessions(dj, { catalogue: createCatalogue({ seed: world.seed }), nowMs, weeks: world.weeks })
    const amongAll = [...allSessions()].filter((made) => made.dj.index === 41).map(({ session }) => session)
    expect(digestOf(alone)).toBe(digestOf(amongAll))
    expect(amongAll.length).toBeGreaterThan(0)
  })

  it('stay the same when the clock goes on, but for new ones', () => {
    const catalogue = createCatalogue({ seed: world.seed })
    const dj = generateDj(world.seed, 7)
    const before = [...generateSessions(dj, { catalogue, nowMs, weeks: 6 })]
    const later = [...generateSessions(dj, { catalogue, nowMs: nowMs + 2 * WEEK_MS, weeks: 8 })]
    expect(later.slice(0, before.length)).toEqual(before)
    expect(later.length).toBeGreaterThan(before.length)
  })

  it('are what the service takes: each session and profile passes its schema, lies in the past and has an id of its own', () => {
    const sessions = Compile(SessionUpload)
    const profiles = Compile(ProfilePatch)
    const ids = new Set<string>()
    let count = 0
    for (const { dj, session } of allSessions()) {
      count += 1
      ids.add(`${dj.index} ${session.id}`)
      expect([...sessions.Errors(session)]).toEqual([])
      expect([...profiles.Errors(dj.profile)]).toEqual([])
      const times = session.tracks.flatMap(({ startedAt, endedAt }) => [startedAt ?? '', endedAt ?? ''])
      expect(Math.max(...times.map((time) => Date.parse(time)))).toBeLessThanOrEqual(nowMs)
      expect(Date.parse(session.startedAt)).toBeLessThan(Date.parse(session.endedAt ?? ''))
    }
    expect(count).toBeGreaterThan(100)
    expect(ids.size).toBe(count)
  })

  it('play a few tracks very often and most seldom', () => {
    const counts = mostPlayed(playsByTrack()).map(({ count }) => count)
    const total = counts.reduce((sum, count) => sum + count, 0)
    const top = counts.slice(0, Math.ceil(counts.length / 100)).reduce((sum, count) => sum + count, 0)
    expect(top / total).toBeGreaterThan(0.2)
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThan(10)
  })

  it('differ from country to country', () => {
    const topOf = (country: string) =>
      mostPlayed(playsByTrack(country))
        .slice(0, 20)
        .map(({ track }) => track)
    const [brazil, germany] = [topOf('BR'), new Set(topOf('DE'))]
    expect(brazil.filter((track) => germany.has(track)).length).toBeLessThan(10)
  })

  it('show the cases that charts leave out: not played, too short, without a name, left out, not consented', () => {
    const sessions = [...allSessions()]
    const plays = sessions.flatMap(({ session }) => session.tracks)
    expect(plays.some(({ played }) => played === false)).toBe(true)
    expect(plays.some(({ playedSeconds }) => playedSeconds !== undefined && playedSeconds < 30)).toBe(true)
    expect(plays.some(({ tags }) => identifyTrack(tags?.artist, tags?.title).kind === 'placeholder')).toBe(true)
    expect(sessions.some(({ session }) => session.contributeToCharts === false)).toBe(true)
    expect(sessions.some(({ session }) => session.visibility === 'public')).toBe(true)
    expect([...generateDjs(world)].some(({ profile }) => profile.choices?.charts === false)).toBe(true)
  })
})

describe('the generated world', () => {
  it('has only places that exist, each in its continent', () => {
    for (const { country, continent, subdivisions } of djHomes) {
      expect(parentRegion(country)).toBe(continent)
      expect(subdivisions.filter((code) => !isSubdivision(code) || !code.startsWith(country))).toEqual([])
    }
    expect(new Set(djHomes.map(({ continent }) => continent)).size).toBe(6)
  })

  it('types genres so that they are found under their slug', () => {
    for (const { slug, tags } of musicStyles) expect(genreSlug(tags[0])).toBe(slug)
  })
})
