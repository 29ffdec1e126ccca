import { expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { readUnknownGenres } from '../../services/charts/unknown-genres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

interface ChartGiven {
  readonly genre: string
  readonly djs: number
  readonly region?: string
  readonly period?: string
  readonly withheld?: number
}

async function storeWith(charts: readonly ChartGiven[]) {
  const store = openEmbeddedStore({ folder: temporaryFolder() })
  onTestFinished(() => store.close())
  await migrate(store, () => 0)
  const rows = charts.map(({ region = 'world', period = '2026-W07', withheld = 0, ...chart }) => ({
    ...chart,
    ...{ kind: 'week', period, region, revision: 1, built_at: '2026-02-16 00:05:00.000', plays: 90, content: 1 },
    ...{ hidden: 0, withheld, version: 1 },
  }))
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  await store.connect('migrate').insert({ table: 'charts.published', lines: Buffer.from(lines) })
  return store.connect('charts')
}

it('names the genres of shown charts that the tree does not know, by accounts', async () => {
  const store = await storeWith([
    { genre: 'all', djs: 90 },
    { genre: 'house', djs: 80 },
    { genre: 'skweee-revival', djs: 12 },
    { genre: 'skweee-revival', djs: 20, period: '2026-W08' },
    { genre: 'yodel-step', djs: 15 },
    { genre: 'scene-yodel-step', djs: 40 },
    { genre: 'only-here', djs: 30, region: 'NZ' },
    { genre: 'not-shown', djs: 30, withheld: 1 },
    { genre: 'of-few', djs: 4 },
  ])
  expect(await readUnknownGenres(store, 5)).toEqual([
    { genre: 'skweee-revival', djs: 20 },
    { genre: 'yodel-step', djs: 15 },
  ])
})

it('names 20 of them at most', async () => {
  const charts = Array.from({ length: 25 }, (_, index) => ({ genre: `new-genre-${index}`, djs: 10 + index }))
  const unknown = await readUnknownGenres(await storeWith(charts), 5)
  expect(unknown.map(({ djs }) => djs)).toEqual(Array.from({ length: 20 }, (_, index) => 34 - index))
})
