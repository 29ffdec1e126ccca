import fc from 'fast-check'
import { publishableRegions } from '../../../../services/charts/analytics/suppression/publishable-regions.ts'
import { withheldTransitions } from '../../../../services/charts/analytics/suppression/withheld-transitions.ts'
import { attackWorlds } from './attack-worlds.ts'
import { findLeak } from './find-leak.ts'
import { countBy, djsOf, generatedPlays, isIn, knowledge, MINIMUM, numberOf, type Play } from './generated-plays.ts'

/** A play with the track after it; an empty text where a session begins or ends. */
interface Step {
  readonly from: string
  readonly to: string
}

const tracks = ['a', 'b']
const steps = fc
  .record({ from: fc.constantFrom('a', 'a', 'b', ''), to: fc.constantFrom('a', 'b', 'b', '') })
  .filter(({ from, to }) => from !== to)
const worlds = generatedPlays<Step>(steps, 14).map((plays) =>
  plays.map((play) => ({ ...play, account: { ...play.account, objects: false } })),
)

const rules = (neighbours: boolean) => ({ minimumDjs: MINIMUM, neighbours })

function leak(plays: readonly Play<Step>[], neighbours: boolean) {
  const shownOf = (holds: (step: Step) => boolean) => {
    const own = plays.filter(({ kind }) => holds(kind))
    const items = countBy(own, ({ account }) => account.place).map(({ first, djs }) => ({
      ...{ region: first.account.place, djs, plays: djs, objectors: 0 },
    }))
    return [...publishableRegions({ places: items, charted: new Set() }, rules(neighbours))]
  }
  // What is followed and what follows, given: the plays of a track, told twice, for neither side is less known than the other.
  const followed = tracks.flatMap((track) => shownOf(({ from }) => from === track).map((region) => ({ track, region })))
  const following = tracks.flatMap((track) => shownOf(({ to }) => to === track).map((region) => ({ track, region })))
  const both = followed.filter(({ track, region }) =>
    following.some((other) => other.track === track && other.region === region),
  )
  const shown = tracks.flatMap((from) =>
    tracks
      .filter((to) => to !== from)
      .flatMap((to) =>
        shownOf((step) => step.from === from && step.to === to).map((region) => ({
          ...{ from, to, region },
          djs: djsOf(
            plays.filter(({ account, kind }) => kind.from === from && kind.to === to && isIn(region, account)),
          ),
        })),
      ),
  )
  const placesOf = (holds: (step: Step) => boolean, track: (step: Step) => string) =>
    countBy(
      plays.filter(({ kind }) => holds(kind)),
      ({ account, kind }) => `${account.place} ${track(kind)}`,
    ).map(({ first, djs }) => ({ track: track(first.kind), place: first.account.place, djs }))
  const withheld = withheldTransitions(
    {
      shown,
      counts: countBy(
        plays.filter(({ kind }) => kind.from !== '' && kind.to !== ''),
        ({ account, kind }) => `${account.place} ${kind.from} ${kind.to}`,
      ).map(({ first, djs }) => ({ ...first.kind, place: first.account.place, djs })),
      tracks: both,
      endings: placesOf(
        ({ to }) => to === '',
        ({ from }) => from,
      ),
      beginnings: placesOf(
        ({ from }) => from === '',
        ({ to }) => to,
      ),
    },
    rules(neighbours),
  )
  const numbers = [
    ...both.flatMap(({ track, region }) => [
      numberOf(plays, `${track}> ${region}`, true, ({ account, kind }) => kind.from === track && isIn(region, account)),
      numberOf(plays, `>${track} ${region}`, true, ({ account, kind }) => kind.to === track && isIn(region, account)),
    ]),
    ...shown
      .filter((one) => !withheld.includes(one))
      .map(({ from, to, region }) =>
        numberOf(plays, `${from}>${to} ${region}`, false, ({ account, kind }) => {
          return kind.from === from && kind.to === to && isIn(region, account)
        }),
      ),
  ]
  return findLeak(knowledge(plays, numbers), MINIMUM)
}

attackWorlds('adding and subtracting transitions and the plays of their tracks', worlds, leak, {
  worlds: 60,
  foundAbove: 5,
})
