import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ShownEntry } from '../../../../services/charts/analytics/suppression/entry-cells.ts'
import { publishableRegions } from '../../../../services/charts/analytics/suppression/publishable-regions.ts'
import { withheldEntries } from '../../../../services/charts/analytics/suppression/withheld-entries.ts'
import { attackWorlds } from './attack-worlds.ts'
import { findLeak } from './find-leak.ts'
import {
  countBy,
  djsOf,
  generatedPlays,
  isIn,
  knowledge,
  MINIMUM,
  numberOf,
  type Play,
  regions,
  runs,
  seed,
} from './generated-plays.ts'

/** Plays of one track: the week and month they lie in, and the genre that their tags say. */
interface Kind {
  readonly week: string
  readonly month: string
  readonly genre: string
}

/** Two weeks in one month, one that reaches over its end, and one after it. */
const segments = [
  { week: '2026-W03', month: '2026-01' },
  { week: '2026-W04', month: '2026-01' },
  { week: '2026-W05', month: '2026-01' },
  { week: '2026-W05', month: '2026-02' },
  { week: '2026-W06', month: '2026-02' },
]
const periods = ['2026-W03', '2026-W04', '2026-W05', '2026-W06', '2026-01', '2026-02', '2026']
const kinds = fc
  .record({ segment: fc.constantFrom(...segments), genre: fc.constantFrom('house', 'house', 'techno') })
  .map(({ segment, genre }) => ({ ...segment, genre }))
const charts = regions.flatMap((region) =>
  ['all', 'house'].flatMap((genre) => periods.map((period) => ({ region, genre, period }))),
)
const worlds = fc.record({ plays: generatedPlays<Kind>(kinds, 14), charted: fc.subarray(charts, { maxLength: 16 }) })

interface World {
  readonly plays: readonly Play<Kind>[]
  readonly charted: readonly { readonly region: string; readonly genre: string; readonly period: string }[]
}

type Place = Pick<ShownEntry, 'region' | 'genre' | 'period' | 'source'>

function holds({ region, genre, period, source }: Place, { account, kind }: Play<Kind>): boolean {
  return (
    isIn(region, account) &&
    (genre === 'all' || genre === kind.genre) &&
    (period === '2026' || period === kind.week || period === kind.month) &&
    (source === 'chart' || !account.objects)
  )
}

function leak({ plays, charted }: World, neighbours: boolean, pairsMax?: number) {
  const counted = (place: Place) => ({ ...place, djs: djsOf(plays.filter((play) => holds(place, play))) })
  const weeks: Place[] = periods.slice(0, 4).flatMap((week) => {
    const own = plays.filter(({ kind, account }) => kind.week === week && !account.objects)
    const items = countBy(own, ({ account }) => account.place).map(({ first, djs }) => ({
      ...{ region: first.account.place, djs, plays: djs, objectors: 0 },
    }))
    const shown = publishableRegions({ places: items, charted: new Set() }, { minimumDjs: MINIMUM, neighbours })
    return [...shown].map((region) => ({ region, genre: 'all', period: week, source: 'track-week' as const }))
  })
  const shown = [
    ...charted.map((chart) => ({ ...chart, source: 'chart' as const })),
    ...charted.map((chart) => ({ ...chart, source: 'analysts-chart' as const })),
    ...weeks,
  ]
    .map(counted)
    .filter(({ djs }) => djs >= MINIMUM)
  const counts = countBy(plays, ({ account, kind }) => JSON.stringify([account.place, account.objects, kind])).map(
    ({ first: { account, kind }, djs }) => ({
      ...{ place: account.place, objects: account.objects, djs },
      ...{ periods: [kind.week, kind.month, '2026'], genres: [kind.genre] },
    }),
  )
  const bound = pairsMax === undefined ? {} : { pairsMax }
  const withheld = withheldEntries(shown, counts, { minimumDjs: MINIMUM, neighbours, ...bound })
  const numbers = shown
    .filter((entry) => !withheld.includes(entry))
    .map((entry) => numberOf(plays, JSON.stringify(entry), entry.source === 'chart', (play) => holds(entry, play)))
  return findLeak(knowledge(plays, numbers), MINIMUM)
}

attackWorlds('adding and subtracting weeks, months, the year, genres and charts of a track', worlds, leak, {
  worlds: 40,
  foundAbove: 10,
})

describe('what is shown of a track of which more would be shown than is looked at', () => {
  it('tells of no few accounts', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(leak(world, true, 20)).toBeUndefined()
      }),
      { seed, numRuns: runs },
    )
  })
})
