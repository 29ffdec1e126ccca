import { afterEach, describe, expect, it } from 'vitest'
import type { EntryCount, ShownEntry } from '../../../services/charts/analytics/suppression/entry-cells.ts'
import { withheldEntries } from '../../../services/charts/analytics/suppression/withheld-entries.ts'
import {
  createWithholding,
  type Withholding,
} from '../../../services/charts/analytics/withholding/create-withholding.ts'
import { toRegionId } from '../../../services/charts/region-ids.ts'

const rules = { minimumDjs: 3 }
const month = { genre: 'all', period: '2026-02' }
const week = { genre: 'all', period: '2026-W07' }

/** The week's row of the world is the month's but for two accounts in New Zealand. */
const shown: readonly ShownEntry[] = [
  { ...month, region: 'world', djs: 9, source: 'analysts-chart' },
  { ...month, region: 'NZ', djs: 5, source: 'analysts-chart' },
  { ...month, region: 'NZ', djs: 5, source: 'chart' },
  { ...week, region: 'world', djs: 7, source: 'track-week' },
]
const counts: readonly EntryCount[] = [
  { place: 'DE', periods: ['2026-W07', '2026-02', '2026'], genres: [], objects: false, djs: 4 },
  { place: 'NZ', periods: ['2026-W07', '2026-02', '2026'], genres: [], objects: false, djs: 3 },
  { place: 'NZ', periods: ['2026-W08', '2026-02', '2026'], genres: [], objects: false, djs: 2 },
]

const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')
const inHand = {
  ...{ year: '2026', revision: 4, rules },
  entries: lines(shown.map((entry) => ({ ...entry, track: '77' }))),
  counts: lines(
    counts.map(({ place, periods: [weekName, monthName], genres, djs }) => ({
      ...{ track: '77', finest: toRegionId(place), week: weekName, month: monthName, genres, statistics: 1, djs },
    })),
  ),
}

let withholding: Withholding | undefined
afterEach(async () => {
  await withholding?.close()
})

describe('what is withheld', () => {
  it('is the same whether it is decided at once or beside the event loop', async () => {
    withholding = createWithholding()
    const atOnce = await withholding.decide('overYear', inHand)
    withholding = createWithholding(0)
    expect(await withholding.decide('overYear', inHand)).toBe(atOnce)
    expect(atOnce.split('\n').map((line) => JSON.parse(line))).toEqual([
      { year: '2026', revision: 4, source: 'week', period: '2026-W07', region: 'world', genre: 'all', track: '77' },
    ])
  })

  it('is decided beside the event loop for one question after the other', async () => {
    withholding = createWithholding(0)
    const first = await withholding.decide('overYear', inHand)
    expect(await withholding.decide('overYear', { ...inHand, entries: '' })).toBe('')
    expect(await withholding.decide('overYear', inHand)).toBe(first)
  })

  it('is told to fail where the thread cannot read what it is given, and the next question is answered', async () => {
    withholding = createWithholding(0)
    await expect(withholding.decide('overYear', { ...inHand, entries: '{' })).rejects.toThrow(SyntaxError)
    expect(await withholding.decide('overYear', { ...inHand, entries: '' })).toBe('')
  })

  it('is all that no public chart tells, where more is shown of a track than can be looked at', () => {
    const withheld = withheldEntries(shown, counts, { ...rules, pairsMax: 3 })
    expect(withheld).toEqual(shown.filter(({ region }) => region === 'world'))
    expect(withheldEntries(shown, counts, rules)).toEqual([shown[3]])
  })
})
