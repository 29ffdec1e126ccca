/**
 * Gives every contributor and contributed session a new pseudonym, under a new version of the contributor key, and
 * destroys the old one. Charts stay as they are: who gives what to them has not changed.
 *
 * While rows are copied there is neither a batch of ingest nor a build, so that each row is of one key; uploads go on, for
 * they only append to the log. One row switches the key: before it the copies are what is thrown away after a crash, and
 * after it what they were copied from.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { ContributorKey, RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import { type JobTurns, runAlone } from '#platform/scheduling/mutex.ts'
import {
  type KeySource,
  nextContributorKey,
  openContributorKey,
  readContributorKey,
  useContributorKey,
} from '#platform/store/contributor-keys.ts'
import { purgeTables } from '#platform/store/purge.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { contributorBuildTables } from '#schemas/privacy/personal-tables.ts'
import { renewContributors, renewSessions } from './fill-renewals.ts'
import { copyStatement, deleteOldStatement, renewalTables, rotatedTables } from './rotated-tables.ts'

/** What only rotations write. */
const ownTables = [...renewalTables, 'operations.contributor_keys']

const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 30_000

export interface RotationOptions extends KeySource {
  readonly store: StoreConnection
  /** Those that ingest and the others hold: they make contributors with the new key when it is in use. */
  readonly pseudonyms: RotatingPseudonyms
  readonly turns: JobTurns
  readonly logger: { warn(fields: object, message: string): void }
}

export type RotationProgress = (news: Readonly<Record<string, string | number>>) => void

export interface RotationResult {
  /** Version that is in use now. */
  readonly keyVersion: number
  /** How long neither ingest nor builds had their turn. Milliseconds. */
  readonly pausedMs: number
}

/** A rotation at a time: another one is refused with `busy`. */
export function createRotation(options: RotationOptions): (progress: RotationProgress) => Promise<RotationResult> {
  let isUnderWay = false
  return async (progress) => {
    if (isUnderWay) throw new TonearmError('busy', 'the contributor key is being rotated already')
    isUnderWay = true
    try {
      return await rotate(options, progress)
    } finally {
      isUnderWay = false
    }
  }
}

/**
 * Rejects where the store fails. The store is then whole under the old key, or under the new one with old rows that still
 * lie on the disk: the next rotation, and the next start, makes them go.
 */
async function rotate(options: RotationOptions, progress: RotationProgress): Promise<RotationResult> {
  const { store, turns, pseudonyms } = options
  progress({ step: 'waiting for the batch and the build in hand' })
  const pausedMs = await runAlone(turns, async () => {
    const startedAtMs = performance.now()
    const next = nextContributorKey(pseudonyms.keyVersion, options)
    let failure: unknown
    try {
      await copyRows(options, next, progress)
      await useContributorKey(store, next, options)
    } catch (cause) {
      failure = cause
    }
    // Whether or not all went well: which key is in use is what the store says.
    progress({ step: 'removing what is not of the key in use' })
    await settlePatiently(options, next)
    if (pseudonyms.keyVersion !== next.version) throw failure
    return performance.now() - startedAtMs
  })
  progress({ step: 'destroying the old key and what it made' })
  await destroyOld(store, pseudonyms.keyVersion)
  return { keyVersion: pseudonyms.keyVersion, pausedMs: Math.round(pausedMs) }
}

/**
 * To be called at each start, before ingest, builds or anything else reads the tables: makes good a rotation that a crash
 * broke off, and takes the key in use; in an empty store makes the first. Rejects where the store fails.
 */
export async function finishRotation({
  store,
  pseudonyms,
  clock,
  randomBytes,
}: Pick<RotationOptions, 'store' | 'pseudonyms' | 'clock' | 'randomBytes'>): Promise<void> {
  const key = await openContributorKey(store, { clock, randomBytes })
  pseudonyms.useContributorKey(key)
  if ((await settleRows(store, key.version)) || (await hasOldKeys(store, key.version))) {
    await destroyOld(store, key.version)
  } else {
    // Its bytes may be there although its rows are not, if the end came in between.
    await purgeTables(store, ownTables)
  }
}

async function copyRows(
  { store, pseudonyms }: RotationOptions,
  next: ContributorKey,
  progress: RotationProgress,
): Promise<void> {
  // An earlier rotation may have left what could not be removed then.
  await settleRows(store, pseudonyms.keyVersion)
  for (const table of renewalTables) await store.run(`TRUNCATE TABLE ${table}`)
  const renewal = { store, current: pseudonyms, next: pseudonyms.underContributorKey(next) }
  await renewContributors(renewal, (done) => progress({ step: 'naming accounts', done }))
  await renewSessions(renewal, (done) => progress({ step: 'naming sessions', done }))
  for (const table of rotatedTables) {
    progress({ step: 'copying', table: table.name })
    await store.run(copyStatement(table), { next: next.version })
  }
}

/**
 * Deletes the rows that are of another key than the one in use, but for those that no key made. Answers whether a rotation
 * had anything in hand. May be repeated.
 */
async function settleRows(store: StoreConnection, active: number): Promise<boolean> {
  const [renewal] = await store.rows<{ version: number }>(
    'SELECT max(key_version) AS version FROM charts.renewed_contributors HAVING count() > 0',
  )
  if (renewal === undefined) return false
  if (renewal.version > active) {
    for (const { name } of rotatedTables) {
      await store.run(`DELETE FROM ${name} WHERE key_version = {version:UInt16}`, { version: renewal.version })
    }
    return true
  }
  for (const table of rotatedTables) {
    await store.run(deleteOldStatement(table), { active })
    if (table.strangers === 'keep') {
      await store.run(
        `ALTER TABLE ${table.name} UPDATE key_version = ${active} WHERE key_version != ${active} SETTINGS mutations_sync = 2`,
      )
    }
  }
  const leftByBuild = await store.rows<{ name: string }>(
    `SELECT DISTINCT database || '.' || table AS name FROM system.parts
     WHERE active AND database || '.' || table IN {tables:Array(String)}`,
    { tables: contributorBuildTables },
  )
  for (const { name } of leftByBuild) await store.run(`TRUNCATE TABLE ${name}`)
  return true
}

/**
 * Settles the rows under the key that the store says is in use, however often the store fails meanwhile: until then a
 * build would count each DJ twice, so nobody else has a turn.
 */
async function settlePatiently(options: RotationOptions, next: ContributorKey): Promise<void> {
  const { store, pseudonyms, logger } = options
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
    try {
      const key = await readContributorKey(store)
      if (key?.version === next.version) pseudonyms.useContributorKey(next)
      await settleRows(store, pseudonyms.keyVersion)
      return
    } catch (cause) {
      const code = cause instanceof TonearmError ? cause.code : 'defect'
      logger.warn({ code, pauseMs }, 'a rotation of the contributor key waits for the store')
      await sleep(pauseMs)
    }
  }
}

async function hasOldKeys(store: StoreConnection, active: number): Promise<boolean> {
  const rows = await store.rows('SELECT 1 FROM operations.contributor_keys WHERE version != {active:UInt16} LIMIT 1', {
    active,
  })
  return rows.length > 0
}

/**
 * Makes the rows that were deleted go from the disk, and then the salts of old keys and what names old and new pseudonyms
 * side by side: as long as these are there, a start goes on here.
 */
async function destroyOld(store: StoreConnection, active: number): Promise<void> {
  await purgeTables(store, [...rotatedTables.map(({ name }) => name), ...contributorBuildTables])
  await store.run('DELETE FROM operations.contributor_keys WHERE version != {active:UInt16}', { active })
  for (const table of renewalTables) await store.run(`TRUNCATE TABLE ${table}`)
  await purgeTables(store, ownTables)
}
