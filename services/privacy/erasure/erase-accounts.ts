/**
 * Carries erasures through to the end: what stands in charts, the bytes on disk and in the log, the ledger, and then the
 * charts that have to be made without the account. Ingest has deleted the rows before, in the order of the log.
 *
 * Every step can be done again: a crash anywhere costs a repetition.
 * @module
 */
import type { EventLog } from '#platform/event-log/event-log.ts'
import { positionOfVersion } from '#platform/event-log/event-version.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { Mutex } from '#platform/scheduling/mutex.ts'
import { purgeTables } from '#platform/store/purge.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { countRows, deleteRows, type ErasedAccount, tablesOfAccounts } from './erased-rows.ts'
import { deleteEarlierSteps, type Erasure, readOpenErasures, step, writeErasures } from './erasure-rows.ts'
import { chartsOf, type ErasedContributor, forgetCharts, putStandIns, shownCharts } from './stand-ins.ts'

export interface ErasureOptions {
  readonly store: StoreConnection
  readonly log: EventLog
  readonly ledger: ErasureLedger
  readonly pseudonyms: Pseudonyms
  /** Builds of the charts take it, too. */
  readonly chartsTurn: Mutex
  /** Whether a backup is being written: what it reads keeps bytes on the disk that are deleted from the tables and the log. */
  readonly hasSnapshot: () => boolean
  /** Epoch of the log. */
  readonly epoch: number
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** The parts on disk and the log are gone through once for so many erasures together. */
const ERASURES_AT_ONCE_MAX = 200

export interface ErasureProgress {
  /** How long the erasures that became complete now took since they were asked for, milliseconds. */
  readonly completedAfterMs: readonly number[]
  /** Erasures that are not complete. */
  readonly open: number
}

/** One round: carries all open erasures as far as they can go now. Rejects where the store, log or ledger does. */
export async function continueErasures(options: ErasureOptions): Promise<ErasureProgress> {
  const open = await readOpenErasures(options.store, ERASURES_AT_ONCE_MAX)
  const at = (wanted: number) => open.filter((erasure) => erasure.step === wanted)
  const nowErased = await eraseFromDisk(at(step.accepted), options)
  const nowRebuilt = await followCharts([...at(step.erased), ...nowErased], options)
  const completed = await completeErasures([...at(step.rebuilt), ...nowRebuilt], options)
  return {
    completedAfterMs: completed.map((erasure) => (erasure.completedAtMs ?? 0) - erasure.acceptedAtMs),
    open: open.length - completed.length,
  }
}

async function eraseFromDisk(erasures: readonly Erasure[], options: ErasureOptions): Promise<Erasure[]> {
  const { store, log, ledger, pseudonyms, chartsTurn, epoch, clock } = options
  if (erasures.length === 0) return []
  // First of all, so that a backup that is restored tomorrow erases what is being erased now.
  await ledger.append(
    erasures.map(({ owner, receiptHash, acceptedAtMs }) => ({ owner, receiptHash, atMs: acceptedAtMs })),
  )
  const withCharts: Erasure[] = []
  await chartsTurn.run(async () => {
    for (const erasure of erasures) {
      const contributor = contributorOf(erasure, pseudonyms)
      const charts = await chartsOf(store, contributor)
      await putStandIns(store, contributor)
      await deleteRows(store, accountOf(erasure, pseudonyms))
      withCharts.push({ ...erasure, chartsRebuilt: charts.rebuilt, chartsWaiting: charts.waiting })
    }
  })
  await purgeTables(store, tablesOfAccounts)
  const logExpiresAtMs = await log.erase(
    erasures.map(({ owner, version }) => {
      const position = positionOfVersion(version)
      // An erasure of another log: this one holds nothing that is older.
      return { owner, before: { partition: 0, offset: position.epoch === epoch ? position.offset : 0 } }
    }),
  )

  const done: Erasure[] = []
  for (const erasure of withCharts) {
    const rowsLeft = await countRows(store, accountOf(erasure, pseudonyms))
    // A writer that came late: the next round deletes its rows.
    if (Object.values(rowsLeft).some((rows) => rows > 0)) continue
    done.push({ ...erasure, step: step.erased, rowsLeft, erasedAtMs: clock(), logExpiresAtMs })
  }
  await writeErasures(store, done)
  return done
}

/** Writes down which charts are made without the accounts now; answers the erasures that none waits for any more. */
async function followCharts(erasures: readonly Erasure[], { store, pseudonyms }: ErasureOptions): Promise<Erasure[]> {
  const changed: Erasure[] = []
  for (const erasure of erasures) {
    const { waiting } = await chartsOf(store, contributorOf(erasure, pseudonyms))
    const known = [...new Set([...erasure.chartsRebuilt, ...erasure.chartsWaiting])]
    const chartsRebuilt = known.filter((name) => !waiting.includes(name)).sort()
    const isRebuilt = waiting.length === 0
    if (!isRebuilt && chartsRebuilt.length === erasure.chartsRebuilt.length) continue
    const next = { ...erasure, chartsRebuilt, chartsWaiting: waiting }
    // A chart that is shown no more may have been there for a word of this account alone, which is nobody's now.
    const lasting = async () => ({
      ...next,
      step: step.rebuilt,
      owner: '',
      chartsRebuilt: await shownCharts(store, chartsRebuilt),
    })
    changed.push(isRebuilt ? await lasting() : next)
  }
  await writeErasures(store, changed)
  return changed.filter((erasure) => erasure.step === step.rebuilt)
}

/** Makes the last traces go: revisions that nobody sees any more may hold a text that only this account gave. */
async function completeErasures(
  erasures: readonly Erasure[],
  { store, chartsTurn, hasSnapshot, clock }: ErasureOptions,
): Promise<Erasure[]> {
  if (erasures.length === 0 || hasSnapshot()) return []
  await chartsTurn.run(() => forgetCharts(store))
  await deleteEarlierSteps(
    store,
    erasures.map(({ receiptHash }) => receiptHash),
  )
  await purgeTables(store, ['charts.entries', 'charts.published', 'playlists.erasures', ...tablesOfAccounts])
  const complete = erasures.map((erasure) => ({ ...erasure, step: step.complete, completedAtMs: clock() }))
  await writeErasures(store, complete)
  return complete
}

function contributorOf({ owner, receiptHash, acceptedAtMs }: Erasure, pseudonyms: Pseudonyms): ErasedContributor {
  return {
    contributor: pseudonyms.contributor(owner),
    seed: pseudonyms.erasureSeed(receiptHash),
    acceptedAtMs,
  }
}

function accountOf({ owner, version }: Erasure, pseudonyms: Pseudonyms): ErasedAccount {
  return { owner, contributor: pseudonyms.contributor(owner), version }
}
