import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { readHistory } from '../model/chart-model.ts'
import { openPipeline } from '../model/open-pipeline.ts'
import { createRevisionReader, differing, tellingRests } from '../model/revision-reader.ts'
import { BEGIN_MS, createDjs, differenceHistories, later, type Round } from './difference-histories.ts'

const MINIMUM = 3
const NEVER_HOURS = 1_000_000
const pipeline = openPipeline()
const seed = Number(process.env['DIFFERENCE_SEED'] ?? 2)
/** One takes some seconds; more of them look further. */
const runs = Number(process.env['DIFFERENCE_RUNS'] ?? 1)

interface Seen {
  revisions: number
  forced: number
  deaths: number
}

interface Variant {
  readonly takeBackHoursMax: number
  /** Whether builds die, as histories say. */
  readonly dies?: boolean
  /** Whether the builder forgets, before each build, all revisions but the last. */
  readonly forgets?: boolean
}

/** Lives through a history and fails at the first thing that tells a reader of fewer accounts than the settings say. */
async function live(rounds: readonly Round[], variant: Variant, seen: Seen): Promise<void> {
  const limits = { minimumDjs: MINIMUM, minimumChangedDjs: MINIMUM, playsPerDj: 10 }
  const rules = { ...limits, ...variant }
  await pipeline.clear()
  pipeline.clock.nowMs = BEGIN_MS
  const reader = createRevisionReader(variant.takeBackHoursMax)
  const events: AccountEvent[] = []
  const take = async (those: readonly AccountEvent[]) => {
    for (const event of those) {
      events.push(event)
      await pipeline.append(event)
      reader.watch(readHistory(events), event.at)
    }
  }
  const build = async (dieAtStatement: number | null) => {
    await pipeline.ingest([1000])
    if (variant.forgets === true) await pipeline.store().connect('migrate').run('TRUNCATE TABLE charts.earlier_bases')
    if (dieAtStatement !== null && variant.dies === true) {
      seen.deaths += Number(await pipeline.buildUntil(rules, dieAtStatement))
    } else await pipeline.build(rules)

    const { shown, added } = await reader.poll(pipeline.store().connect('site'), pipeline.clock.nowMs)
    for (const now of added) {
      seen.revisions += 1
      seen.forced += Number(now.isForced)
      if (now.isForced) continue
      for (const then of reader.of(now.chart)) {
        const djs = differing(then.parts, now.parts).length
        if (djs >= 1 && djs < MINIMUM) {
          expect.fail(`${now.chart}: revisions ${then.revision} and ${now.revision} differ by ${djs}`)
        }
      }
    }
    expect(tellingRests(shown, MINIMUM)).toEqual([])
  }

  const djs = createDjs()
  await take(djs.opening())
  await build(null)
  for (const { hours, acts, dieAtStatement } of rounds) {
    pipeline.clock.nowMs = later(pipeline.clock.nowMs, hours)
    for (const act of acts) await take([djs.toEvent(act, pipeline.clock.nowMs)])
    await build(dieAtStatement)
  }
}

const property = (variant: Variant, seen: Seen) =>
  fc.asyncProperty(differenceHistories, (rounds) => live(rounds, variant, seen))

describe('a reader who polls every chart while DJs come, change and go one at a time', () => {
  it('finds no two revisions that differ by fewer accounts, where no take-back is ever due and builds die', async () => {
    const seen = { revisions: 0, forced: 0, deaths: 0 }
    await fc.assert(property({ takeBackHoursMax: NEVER_HOURS, dies: true }, seen), { seed, numRuns: runs })
    expect(seen.forced).toBe(0)
    expect(seen.revisions).toBeGreaterThan(50)
    expect(seen.deaths).toBeGreaterThan(2)
  })

  it('finds none but those that a take-back sent out which was due', async () => {
    const seen = { revisions: 0, forced: 0, deaths: 0 }
    await fc.assert(property({ takeBackHoursMax: 24 }, seen), { seed, numRuns: runs })
    expect(seen.forced).toBeGreaterThan(0)
  })

  it('finds some where the builder remembers the last revision only', async () => {
    const seen = { revisions: 0, forced: 0, deaths: 0 }
    const found = await fc.check(property({ takeBackHoursMax: NEVER_HOURS, forgets: true }, seen), {
      seed,
      numRuns: 5,
      endOnFailure: true,
    })
    expect(String(found.errorInstance)).toMatch(/revisions \d+ and \d+ differ by [12]$/)
  })
})
