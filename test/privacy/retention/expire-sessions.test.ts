import { describe, expect, it } from 'vitest'
import { createJobTurns, createTurn } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { expireSessions } from '../../../services/privacy/retention/expire-sessions.ts'
import { mortal, pseudonyms } from '../../model/open-pipeline.ts'
import { keyOf, openRetention, owner } from './open-retention.ts'

const retention = openRetention()
const { later, at, profile, send, choose, remove, ingest, retain, rows, count } = retention

const sessionTables = ['playlists.sessions', 'playlists.session_choices', 'playlists.public_sessions']
const keys = async () =>
  (await rows<{ key: string }>('SELECT session_key AS key FROM playlists.sessions FINAL ORDER BY key')).map(
    ({ key }) => key,
  )
/** Every row of what is kept of sessions and of what they give to charts, all versions. */
const everything = async () => {
  const tables = [...sessionTables, 'charts.contributions', 'charts.changes', 'playlists.profile_members']
  const read = tables.map(async (table) => {
    const all = await rows<Record<string, unknown>>(`SELECT * FROM ${table}`)
    return [table, all.map(({ mark: _, ...row }) => JSON.stringify(row)).sort()] as const
  })
  const weeks = await rows('SELECT DISTINCT week FROM charts.frozen_weeks ORDER BY week')
  return { ...Object.fromEntries(await Promise.all(read)), weeks }
}

describe('PRIVACY 11: a session', () => {
  it('goes whole 36 months after it was received, whatever its own times say, and not a day sooner', async () => {
    await profile(1, { choices: { charts: true } })
    await send(1, { startedAt: '1999-12-31T20:00:00.000Z', visibility: 'public', endedAt: '2000-01-01T02:00:00.000Z' })
    await send(1, { id: 'b', editedAt: '2003-01-01T00:00:00.000Z' })
    await choose(1, { name: 'The old days', visibility: 'public' })
    await ingest()
    at('2029-02-14T12:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 0, postponed: 0 })
    expect(await keys()).toEqual([keyOf(1), keyOf(1, 'b')].sort())
    at('2029-02-14T12:00:00.001Z')
    expect(await retain()).toMatchObject({ sessions: 2, postponed: 0 })
    for (const table of [...sessionTables, 'charts.contributions']) expect(await count(table), table).toBe(0)
    expect(await count('playlists.profile_members')).toBeGreaterThan(0)
  })

  it('lives on when it was sent again, with what was sent last', async () => {
    await profile(1, { choices: { charts: true } })
    await send(1, { name: 'first', visibility: 'public' })
    await ingest()
    at('2027-10-01T00:00:00Z')
    await send(1, { name: 'second', visibility: 'public' })
    await ingest()
    at('2029-03-01T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 0 })
    expect(await rows('SELECT name FROM playlists.sessions')).toEqual([{ name: 'second' }])
    expect(await count('charts.contributions')).toBe(1)
    expect(await count('playlists.public_sessions')).toBe(1)
    at('2030-10-02T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 1 })
    for (const table of [...sessionTables, 'charts.contributions']) expect(await count(table), table).toBe(0)
  })

  it('is not lost when it comes again between being found and being deleted', async () => {
    await send(1, { name: 'first' })
    await send(2)
    await ingest()
    at('2029-03-01T00:00:00Z')
    const turns = {
      ...createJobTurns(),
      charts: {
        ...createTurn(),
        // Whoever waits for their turn lets those before them end: here a batch in which the session comes again.
        run: async <T>(work: () => Promise<T>) => {
          await send(1, { name: 'second' })
          await ingest()
          return await createTurn().run(work)
        },
      },
    }
    expect(await retain({ turns })).toMatchObject({ sessions: 1 })
    expect(await rows('SELECT owner, name FROM playlists.sessions')).toEqual([{ owner: owner(1), name: 'second' }])
  })

  it('loses nothing of what another process is writing of it, whose own row is still to come', async () => {
    await profile(1, { choices: { charts: true } })
    await send(1)
    await ingest()
    const [first] = await rows<{ version: string }>('SELECT max(version) AS version FROM charts.contributions')
    at('2029-03-01T00:00:00Z')
    await send(1, { name: 'second' })
    // Contributions are written before the session.
    let inserts = 0
    while ((await count('charts.contributions', `version > ${first?.version}`)) === 0) {
      expect(await retention.pipeline.ingest([1000], inserts)).toBe(true)
      inserts += 1
    }
    expect(await rows('SELECT name FROM playlists.sessions FINAL')).toEqual([{ name: null }])
    await retain()
    expect(await rows('SELECT name FROM playlists.sessions FINAL')).toEqual([])
    expect(await count('charts.contributions', `version > ${first?.version}`)).toBe(1)
    await ingest()
    expect(await rows('SELECT name FROM playlists.sessions FINAL')).toEqual([{ name: 'second' }])
  })

  it('that its DJ deleted stays deleted when it is sent again years later', async () => {
    await send(1)
    await ingest()
    await remove(1)
    await ingest()
    at('2032-01-01T00:00:00Z')
    await retain()
    await send(1)
    await ingest()
    expect(await count('playlists.sessions')).toBe(0)
    await send(1, {}, true)
    await ingest()
    expect(await keys()).toEqual([keyOf(1)])
  })

  it('of another DJ, and another one of the same, stays as it is', async () => {
    for (const dj of [1, 2]) await profile(dj, { choices: { charts: true } })
    await send(1)
    await ingest()
    later(30)
    await send(1, { id: 'b', visibility: 'public' })
    await send(2, { id: 'a', visibility: 'public' })
    await choose(2, { name: 'mine', contributeToCharts: true })
    await ingest()
    const ofOthers = (table: string) =>
      rows(`SELECT * FROM ${table} FINAL WHERE session_key != '${keyOf(1)}' ORDER BY ALL`)
    const before = await Promise.all(sessionTables.map(ofOthers))
    at('2029-02-20T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 1 })
    expect(await Promise.all(sessionTables.map(ofOthers))).toEqual(before)
    expect(await keys()).toEqual([keyOf(1, 'b'), keyOf(2)].sort())
    expect(await count('charts.contributions')).toBe(2)
  })

  it('goes in portions, however many there are', async () => {
    for (const dj of [1, 2, 3]) for (const id of ['a', 'b', 'c']) await send(dj, { id })
    await ingest()
    at('2029-03-01T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 9 })
    expect(await keys()).toEqual([])
  })

  it('expires the same, whichever statement a crash comes before', async () => {
    const begin = async () => {
      await retention.pipeline.clear()
      at('2026-02-14T12:00:00Z')
      for (const dj of [1, 2]) {
        await profile(dj, { choices: { charts: true } })
        await send(dj, { visibility: 'public' })
        await choose(dj, { name: 'mine' })
      }
      await ingest()
      at('2028-01-01T00:00:00Z')
      await send(2, { id: 'b', startedAt: '2027-12-31T20:00:00.000Z' })
      await ingest()
      // As a build leaves it.
      await retention.pipeline.store().connect('migrate').run('TRUNCATE TABLE charts.changes')
      at('2029-03-01T00:00:00Z')
    }
    // Versions are positions in the log, which go on.
    const comparable = async () => JSON.stringify(await everything()).replaceAll(/\\"version\\":\\"\d+\\"/g, '')
    const expire = async (store: StoreConnection) => {
      const nowMs = retention.pipeline.clock.nowMs
      const beforeMs = Date.parse('2026-03-01T00:00:00Z')
      const options = { store, turns: createJobTurns(), pseudonyms, beforeMs, nowMs, sessionsPerPortion: 2 }
      return await expireSessions(options, new AbortController().signal)
    }
    const connection = retention.pipeline.store().connect('retention')
    await begin()
    expect(await expire(connection)).toEqual({ sessions: 2, postponed: 0 })
    const wanted = await comparable()
    let deaths = 0
    for (let statement = 0; ; statement += 1) {
      await begin()
      const dying = mortal(connection, ['insert', 'run', 'rows'], statement)
      const dead = await expire(dying.connection).then(
        () => false,
        () => true,
      )
      if (!dead) break
      deaths += 1
      await expire(connection)
      expect(await comparable(), `died before statement ${statement}`).toBe(wanted)
    }
    expect(deaths).toBeGreaterThan(9)
  })
})
