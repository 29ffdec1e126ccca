import fc from 'fast-check'
import { publishableRegions } from '../../../../services/charts/analytics/suppression/publishable-regions.ts'
import { withheldValues } from '../../../../services/charts/analytics/suppression/withheld-values.ts'
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
} from './generated-plays.ts'

const worlds = fc.record({
  // The empty value is none.
  plays: generatedPlays(fc.constantFrom('A', 'A', 'B', 'C', '')),
  charted: fc.subarray(regions),
})

interface World {
  readonly plays: readonly Play<string>[]
  readonly charted: readonly string[]
}

const rules = (neighbours: boolean) => ({ minimumDjs: MINIMUM, neighbours })

/** The values by region as the rules on regions leave them. */
function valuesOf(plays: readonly Play<string>[], neighbours: boolean) {
  const seen = plays.filter(({ account, kind }) => !account.objects && kind !== '')
  return ['A', 'B', 'C'].flatMap((value) => {
    const own = seen.filter(({ kind }) => kind === value)
    const items = countBy(own, ({ account }) => account.place).map(({ first, djs }) => ({
      ...{ region: first.account.place, djs, plays: djs, objectors: 0 },
    }))
    return [...publishableRegions({ places: items, charted: new Set() }, rules(neighbours))].map((region) => ({
      ...{ value, region, djs: djsOf(own.filter(({ account }) => isIn(region, account))) },
    }))
  })
}

function leak({ plays, charted }: World, neighbours: boolean) {
  const charts = charted.filter((region) => djsOf(plays.filter(({ account }) => isIn(region, account))) >= MINIMUM)
  const shown = valuesOf(plays, neighbours)
  const isShown = ({ account, kind }: Play<string>) => !account.objects && shown.some(({ value }) => value === kind)
  const others = countBy(
    plays.filter((play) => !isShown(play)),
    ({ account }) => account.place,
  )
  const withheld = withheldValues(
    {
      shown,
      counts: countBy(plays.filter(isShown), ({ account, kind }) => `${account.place} ${kind}`).map(
        ({ first, djs }) => ({
          ...{ value: first.kind, place: first.account.place, djs },
        }),
      ),
      charted: new Set(charts),
      others: new Map(others.map(({ first, djs }) => [first.account.place, djs])),
    },
    rules(neighbours),
  )
  const numbers = [
    ...charts.map((region) => numberOf(plays, `chart ${region}`, true, ({ account }) => isIn(region, account))),
    ...shown
      .filter((one) => !withheld.includes(one))
      .map(({ value, region }) =>
        numberOf(plays, `${value} ${region}`, false, ({ account, kind }) => {
          return !account.objects && kind === value && isIn(region, account)
        }),
      ),
  ]
  return findLeak(knowledge(plays, numbers), MINIMUM)
}

attackWorlds('adding and subtracting the values of a tag and the charts', worlds, leak, { worlds: 60, foundAbove: 10 })
