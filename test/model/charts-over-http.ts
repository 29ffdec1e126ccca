import { expect } from 'vitest'
import { toTrackId } from '#rules/track-identity.ts'
import type { Chart } from '#schemas/records/chart.ts'
import type { ApiClient } from '../support/api-client.ts'
import { waitFor } from '../support/wait-for.ts'
import type { ModelChart } from './chart-model.ts'

/** Waits for what is under way; what has not come about then, the assertions say better. */
export async function settled(isSettled: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
  await waitFor('what is under way', isSettled, limitMs).catch(() => undefined)
}

/** Holds the charts that a stranger reads against the model's, each by its name, once the largest of them is as it must be. */
export async function expectChartsOverHttp(
  strangers: ApiClient,
  charts: ReadonlyMap<string, ModelChart>,
): Promise<void> {
  const shown = async (name: string) => {
    const answer = await strangers.get(`/v1/charts/${name}`)
    if (answer.status !== 200) return undefined
    const { chart, entries } = answer.json<Chart>()
    return {
      djs: chart.djs,
      plays: chart.plays,
      entries: entries.map(({ rank, track, djs, plays }) => ({ rank, id: track.id, djs, plays })),
    }
  }
  const counted = (name: string) => {
    const chart = charts.get(name)
    return {
      djs: chart?.owners.size,
      plays: chart?.plays,
      entries: chart?.entries.map(({ track, djs, plays }, index) => ({
        rank: index + 1,
        id: toTrackId(track),
        djs,
        plays,
      })),
    }
  }
  const isAsCounted = async (name: string) => JSON.stringify(await shown(name)) === JSON.stringify(counted(name))
  const year = [...charts.keys()].find((name) => /^world\/all\/\d{4}$/.test(name)) ?? ''
  await settled(() => isAsCounted(year), 120_000)
  expect(charts.size).toBeGreaterThan(50)
  for (const name of charts.keys()) {
    // A build reads its periods one after the other, so the year may have what a week gets with the next build only.
    if (await isAsCounted(name)) continue
    await settled(() => isAsCounted(name))
    expect(await shown(name), name).toEqual(counted(name))
  }
}
