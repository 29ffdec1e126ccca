import { expect } from 'vitest'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import {
  countedPlays,
  type ModelAccounts,
  type ModelChart,
  type ModelRules,
  mayBeShown,
  periodNames,
  publishedCharts,
} from './chart-model.ts'
import type { ShownChart } from './open-pipeline.ts'

interface Comparable {
  readonly djs: number
  readonly plays: number
  readonly entries: readonly string[]
}

/** Holds every chart that is shown against the model's, and their number too. */
export function expectSameCharts(shown: ReadonlyMap<string, ShownChart>, accounts: ModelAccounts, rules: ModelRules) {
  const model = publishedCharts(accounts, rules)
  expect(Object.fromEntries([...shown].map(([name, chart]) => [name, ofShown(chart)]))).toEqual(
    Object.fromEntries([...model].map(([name, chart]) => [name, ofModel(chart)])),
  )
  for (const [name, chart] of shown) expectShownTexts(name, chart, model.get(name), rules)
}

/** Holds each chart against two models: it must be what one of them says, be it that there is none. */
export function expectOneOfBoth(
  shown: ReadonlyMap<string, ShownChart>,
  models: readonly ReadonlyMap<string, ModelChart>[],
) {
  for (const name of new Set([...shown.keys(), ...models.flatMap((model) => [...model.keys()])])) {
    const chart = shown.get(name)
    const allowed = models.map((model) => {
      const one = model.get(name)
      return one === undefined ? undefined : ofModel(one)
    })
    expect(allowed, name).toContainEqual(chart === undefined ? undefined : ofShown(chart))
  }
}

function ofShown({ djs, plays, entries }: ShownChart): Comparable {
  return { djs, plays, entries: entries.map((one) => `${one.rank}: ${one.track}, ${one.djs} DJs, ${one.plays} plays`) }
}

function ofModel({ owners, plays, entries }: ModelChart): Comparable {
  return {
    djs: owners.size,
    plays,
    entries: entries.map((one, index) => `${index + 1}: ${one.track}, ${one.djs} DJs, ${one.plays} plays`),
  }
}

function expectShownTexts(name: string, chart: ShownChart, model: ModelChart | undefined, rules: ModelRules): void {
  chart.entries.forEach((entry, index) => {
    const counted = model?.entries[index]
    for (const member of ['artist', 'title', 'label'] as const) {
      const text = entry[member]
      const allowed = counted !== undefined && mayBeShown(text, counted, member, rules.minimumDjs)
      if (!allowed) expect.fail(`${name}, rank ${entry.rank}: too few share the ${member} “${text}”`)
    }
  })
}

/** Holds what is stored against the model: sessions, contributions and public ids, each there once and no other. */
export async function expectSameRows(
  store: StoreConnection,
  accounts: ModelAccounts,
  pseudonyms: Pseudonyms,
): Promise<void> {
  const sessions = await store.rows<{ key: string; tracks: string }>(
    'SELECT session_key AS key, length(tracks.id) AS tracks FROM playlists.sessions FINAL ORDER BY key',
  )
  expect(sessions.map(({ key, tracks }) => `${key} ${tracks}`)).toEqual(
    [...accounts.sessions.values()].map(({ key, session }) => `${key} ${session.tracks.length}`).sort(),
  )

  const contributions = await store.rows<{ session: string; week: number; tracks: string[]; contributor: string }>(
    `SELECT contributor, session, week, plays.track AS tracks FROM charts.contributions FINAL
     WHERE notEmpty(plays.track)`,
  )
  const stored = contributions.flatMap(({ contributor, session, week, tracks }) =>
    tracks.map((track) => `${contributor} ${session} ${week} ${track}`),
  )
  const counted = countedPlays(accounts).map(({ owner, sessionKey, atMs, track }) => {
    const week = periodNames(atMs)[0]?.replace('-W', '')
    return `${pseudonyms.contributor(owner)} ${pseudonyms.contributionSession(sessionKey)} ${week} ${track}`
  })
  expect(stored.sort()).toEqual(counted.sort())

  const publicIds = await store.rows<{ id: string }>('SELECT public_id AS id FROM playlists.public_sessions FINAL')
  expect(publicIds.map(({ id }) => id).sort()).toEqual(
    [...accounts.sessions.values()]
      .filter(({ visibility }) => visibility === 'public')
      .map(({ key }) => pseudonyms.publicId(key))
      .sort(),
  )
}
