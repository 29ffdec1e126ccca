import { iso31661, iso31662 } from 'iso-3166'
import { expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { continents, WORLD } from '#rules/regions.ts'
import { regionOfId, toRegionId } from '../../services/charts/region-ids.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const regions = [WORLD, ...continents, ...iso31661.map(({ alpha2 }) => alpha2), ...iso31662.map(({ code }) => code)]

it('every region has an id of its own, and is found by it', () => {
  expect(regions.length).toBeGreaterThan(5000)
  expect(new Set(regions.map(toRegionId)).size).toBe(regions.length)
  expect(regions.map((region) => regionOfId(toRegionId(region)))).toEqual(regions)
})

it('the store makes the same id of every region', async () => {
  const store = openEmbeddedStore({ folder: temporaryFolder() })
  onTestFinished(() => store.close())
  const rows = await store
    .connect('charts')
    .rows<{ id: string }>('SELECT reinterpretAsUInt64(arrayJoin({regions:Array(String)})) AS id', { regions })
  expect(rows.map(({ id }) => id)).toEqual(regions.map(toRegionId))
})
