/**
 * Carries erasures through to the end: what stands in charts, the bytes on disk and in the log, the ledger, and then the
 * charts that have to be made without the account. Ingest has deleted the rows before, in the order of the log.
 *
 * Every step can be done again: a crash anywhere costs a repetition.
 * @module
 */
import type { EventLog, Erasure as LogErasure } from '#platform/event-log/event-log.ts'
import type { LogEpochs } from '#platform/event-log/log-epochs.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { Mutex } from '#platform/scheduling/mutex.ts'
import { readAccountStates } from '#platform/store/account-states.ts'
import { purgeTables } from '#platform/store/purge.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { deleteUnseenAnalysts, deleteUnseenEntries } from '#platform/store/unseen-rows.ts'
import { analystsRows } from '#schemas/privacy/analytics-columns.ts'
import { countRows, deleteRows, type ErasedAccount, tablesByPosition, tablesOfAccounts } from './erased-rows.ts'
import { deleteSteps, type Erasure, readOpenErasures, step, writeErasures } from './erasure-rows.ts'
import { builderTables, chartsOf, type ErasedContributor, forgetCharts, putStandIns, shownCharts } from './stand-ins.ts'
import { readWaitingForAnalysts } from './waiting-for-analysts.ts'

export interface ErasureOptions {
  readonly store: StoreConnection
  readonly log: EventLog
  readonly ledger: ErasureLedger
  readonly pseudonyms: Pseudonyms
  /** Builds of the charts take it, too. */
  readonly chartsTurn: Mutex
  /** Whether a backup is being written: what it reads keeps bytes on the disk that are deleted from the tables and the log. */
  readonly hasSnapshot: () => boolean
  /** Epochs of the log. */
  readonly epochs: Pick<LogEpochs, 'offsetOf'>
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** What charts and analysts show is made of accounts that may be erased since. */
const tablesOfCharts = ['charts.entries', 'charts.published', ...analystsRows]

/** The parts on disk and the log are gone through once for so many erasures together. */
const ERASURES_AT_ONCE_MAX = 200

export interface ErasureProgress {
  /** How long the erasures that became complete now took since they were asked for, milliseconds. */
  readonly completedAfterMs: readonly number[]
  /** Erasures that are not complete. */
  readonly open: number
}

/** So long after ingest has come to the erasure upload refuses what the account sends (CONTRACT, "The DJ's own data"). */
const REFUSED_MS = 10_000

/** While nothing is built, the charts of an erasure are looked at again after this time only. */
const FOLLOW_MS = 15_000

/**
 * What carries all open erasures as far as they can go at the moment, a round a call. Rejects where the store, log or ledger
 * does.
 */
export function createErasures(options: ErasureOptions): () => Promise<ErasureProgress> {
  const { store, clock } = options
  /** The newest build when the charts were looked at last, and when that was. */
  let followed: { build: string; atMs: number; receipts: ReadonlySet<string> } | undefined

  return async () => {
    // The last step first, and each with a limit of its own: many that begin, or one that cannot go on, hold up no others.
    const rebuilt = await readOpenErasures(store, step.rebuilt, ERASURES_AT_ONCE_MAX)
    const completed = await completeErasures(rebuilt, options)
    const erased = await readOpenErasures(store, step.erased, ERASURES_AT_ONCE_MAX)
    if (erased.length > 0) {
      const build = await readNewestBuild(store)
      const hasNew = erased.some(({ receiptHash }) => followed?.receipts.has(receiptHash) !== true)
      if (followed?.build !== build || clock() - followed.atMs > FOLLOW_MS || hasNew) {
        await followCharts(erased, options)
        followed = { build, atMs: clock(), receipts: new Set(erased.map(({ receiptHash }) => receiptHash)) }
      }
    }
    const accepted = await readOpenErasures(store, step.accepted, ERASURES_AT_ONCE_MAX)
    await eraseFromDisk(accepted, options)
    return {
      completedAfterMs: completed.map((erasure) => (erasure.completedAtMs ?? 0) - erasure.acceptedAtMs),
      open: rebuilt.length + erased.length + accepted.length - completed.length,
    }
  }
}

/**
 * Changes with each period that a build switches: all periods of a build have one number, so the rows are counted, too; and
 * with the marks that it takes away.
 */
async function readNewestBuild(store: StoreConnection): Promise<string> {
  const [row] = await store.rows<{ build: string }>(
    `SELECT concat(toString(max(version)), ' ', toString(count()), ' ',
       toString((SELECT count() FROM charts.changes WHERE analytics = 1))) AS build FROM charts.published`,
  )
  return row?.build ?? ''
}

async function eraseFromDisk(erasures: readonly Erasure[], options: ErasureOptions): Promise<void> {
  const { store, log, ledger, pseudonyms, chartsTurn, epochs, clock } = options
  if (erasures.length === 0) return
  // First of all, so that a backup that is restored tomorrow erases what is being erased now.
  await ledger.append(
    erasures.map(({ owner, receiptHash, acceptedAtMs }) => ({ owner, receiptHash, atMs: acceptedAtMs })),
  )
  const withCharts = await chartsTurn.run(async () => {
    // In the turn, for a rotation may give the contributors other pseudonyms while it is waited for.
    const accounts = accountsOf(erasures, pseudonyms)
    const contributors = contributorsOf(erasures, pseudonyms)
    const charts = await chartsOf(store, contributors)
    await putStandIns(store, contributors)
    await deleteRows(store, accounts)
    // Here, for the next build may find an account that has begun anew, and what it writes carries no position of an event.
    const inBuilderTables = await countRows(store, accounts, builderTables)
    return erasures.map((erasure) => {
      const { rebuilt, waiting } = charts(pseudonyms.erasureSeed(erasure.receiptHash))
      const rowsLeft = inBuilderTables(erasure.owner)
      return { ...erasure, chartsRebuilt: rebuilt, chartsWaiting: waiting, rowsLeft }
    })
  })
  await purgeTables(store, tablesOfAccounts)
  const logExpiresAtMs = await log.erase(
    erasures.map(({ owner, version }) => ({ owner, beforeOffset: epochs.offsetOf(version) })),
  )

  const counted = await chartsTurn.run(() => countRows(store, accountsOf(erasures, pseudonyms), tablesByPosition))
  const done = withCharts.flatMap((erasure): Erasure[] => {
    const rowsLeft = { ...counted(erasure.owner), ...erasure.rowsLeft }
    // A writer that came late: the next round deletes its rows.
    if (Object.values(rowsLeft).some((rows) => rows > 0)) return []
    return [{ ...erasure, step: step.erased, rowsLeft, erasedAtMs: clock(), logExpiresAtMs }]
  })
  await writeErasures(store, done)
}

/** Writes down which charts are made without the accounts now, and which erasures none waits for any more. */
async function followCharts(erasures: readonly Erasure[], { store, pseudonyms }: ErasureOptions): Promise<void> {
  // Only their stand-ins are asked for: the account itself may have begun anew, and be in charts again.
  const charts = await chartsOf(
    store,
    contributorsOf(erasures, pseudonyms).map((erased) => ({ ...erased, contributor: '0' })),
  )
  const waitsForAnalysts = await readWaitingForAnalysts(store)
  const waitingOf = (owner: string) =>
    erasures
      .filter((erasure) => erasure.owner === owner)
      .flatMap(({ receiptHash }) => charts(pseudonyms.erasureSeed(receiptHash)).waiting)
  const changed: Erasure[] = []
  for (const erasure of erasures) {
    const waiting = waitingOf(erasure.owner)
    const known = [...new Set([...erasure.chartsRebuilt, ...erasure.chartsWaiting])]
    const waits = new Set(waiting)
    const chartsRebuilt = known.filter((name) => !waits.has(name)).sort()
    const isRebuilt = waiting.length === 0 && !waitsForAnalysts(erasure)
    if (!isRebuilt && chartsRebuilt.length === erasure.chartsRebuilt.length) continue
    changed.push({
      ...erasure,
      step: isRebuilt ? step.rebuilt : erasure.step,
      // A chart that is shown no more may have been there for a word of this account alone, which is nobody's now.
      chartsRebuilt: isRebuilt ? await shownCharts(store, chartsRebuilt) : chartsRebuilt,
      chartsWaiting: waiting,
    })
  }
  await writeErasures(store, changed)
}

/** Makes the last traces go: revisions that nobody sees any more may hold a text that only this account gave. */
async function completeErasures(rebuilt: readonly Erasure[], options: ErasureOptions): Promise<Erasure[]> {
  const { store, log, chartsTurn, hasSnapshot, clock } = options
  const erasures = rebuilt.filter(({ erasedAtMs = clock() }) => clock() - erasedAtMs >= REFUSED_MS)
  if (erasures.length === 0 || hasSnapshot()) return []
  // What was taken and dropped since, before upload knew that the account is closed, is in the log still.
  await log.erase(await closedSpans(erasures, options))
  await chartsTurn.run(async () => {
    await forgetCharts(store)
    // Of a build that died behind its last switch, which the next one would delete after the disk was gone through.
    await deleteUnseenEntries(store)
    await deleteUnseenAnalysts(store)
  })
  const hashes = erasures.map(({ receiptHash }) => receiptHash)
  await deleteSteps(store, hashes, step.rebuilt)
  await purgeTables(store, [...tablesOfCharts, 'playlists.erasures', ...tablesOfAccounts])
  // One that has begun meanwhile holds on to what was deleted here.
  if (hasSnapshot()) return []
  const complete = erasures.map((erasure) => ({ ...erasure, owner: '', step: step.complete, completedAtMs: clock() }))
  await writeErasures(store, complete)
  // With it goes the last row that names the owner; what remains is the receipt.
  await deleteSteps(store, hashes, step.complete)
  return complete
}

/** For each account the position until which everything in the log goes: where it has begun anew, or the end. */
async function closedSpans(erasures: readonly Erasure[], { store, epochs }: ErasureOptions): Promise<LogErasure[]> {
  const owners = [...new Set(erasures.map(({ owner }) => owner))]
  const states = await readAccountStates(store, owners)
  return owners.map((owner) => {
    const closed = states.get(owner)?.get('closed')
    const hasBegunAnew = closed !== undefined && closed.value === null
    const beforeOffset = hasBegunAnew ? epochs.offsetOf(BigInt(closed.version)) : Number.MAX_SAFE_INTEGER
    return { owner, beforeOffset }
  })
}

/** Of an account that was erased twice the earlier erasure goes first, and its seed makes the stand-ins. */
function contributorsOf(erasures: readonly Erasure[], pseudonyms: Pseudonyms): ErasedContributor[] {
  return erasures.map(({ owner, receiptHash, acceptedAtMs }) => ({
    contributor: pseudonyms.contributor(owner),
    seed: pseudonyms.erasureSeed(receiptHash),
    acceptedAtMs,
  }))
}

/** An account that was erased twice is one: the later erasure holds. */
function accountsOf(erasures: readonly Erasure[], pseudonyms: Pseudonyms): ErasedAccount[] {
  const byOwner = new Map<string, ErasedAccount>()
  for (const { owner, version } of erasures) {
    const known = byOwner.get(owner)
    const newest = known !== undefined && known.version > version ? known.version : version
    byOwner.set(owner, { owner, contributor: pseudonyms.contributor(owner), version: newest })
  }
  return [...byOwner.values()]
}
