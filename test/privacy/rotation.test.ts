import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unsaltedKey } from '#platform/keys/pseudonyms.ts'
import { createJobTurns } from '#platform/scheduling/mutex.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { columns } from '#schemas/privacy/columns.ts'
import { contributorBuildTables } from '#schemas/privacy/personal-tables.ts'
import {
  createRotation,
  finishRotation,
  type RotationOptions,
} from '../../services/privacy/rotation/rotate-contributor-key.ts'
import { renewalTables, rotatedTables } from '../../services/privacy/rotation/rotated-tables.ts'
import { readHistory } from '../model/chart-model.ts'
import { mortal, openPipeline, pseudonyms } from '../model/open-pipeline.ts'
import { expectSameRows } from '../model/same-as-model.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 2, takeBackHoursMax: 24, playsPerDj: 10, analyticsMinimumDjs: 2 }
const EVENING = '2026-05-13T20:00:00.000Z'
const STAND_IN = '4711'

const pipeline = openPipeline()
let events: AccountEvent[]

const djs = [1, 2, 3, 4]
const ownerOf = (dj: number) => pseudonyms.owner(`dj-${dj}`)
const keyOf = (dj: number, id: string) => pseudonyms.sessionKey(ownerOf(dj), undefined, id)
const store = () => pipeline.store().connect('privacy')

function rotationOptions(through: StoreConnection = store()): RotationOptions {
  const logger = { warn: () => undefined }
  return { store: through, pseudonyms, turns: createJobTurns(), clock: () => pipeline.clock.nowMs, randomBytes, logger }
}
const rotate = (through?: StoreConnection) => createRotation(rotationOptions(through))(() => undefined)

async function take(event: AccountEvent): Promise<void> {
  events.push(event)
  await pipeline.append(event)
}

async function send(dj: number, id: string, titles: readonly string[]): Promise<void> {
  const tracks = titles.map((title, index) => ({
    id: String(index),
    startedAt: EVENING,
    tags: { artist: 'Ana', title },
  }))
  const session = { id, startedAt: EVENING, tracks }
  const envelope = { v: 1, type: 'session-put', owner: ownerOf(dj), at: pipeline.clock.nowMs } as const
  await take({ ...envelope, key: keyOf(dj, id), session })
}

async function takeBack(dj: number, id: string): Promise<void> {
  await take({ v: 1, type: 'session-delete', owner: ownerOf(dj), at: pipeline.clock.nowMs, ref: keyOf(dj, id) })
}

async function build(): Promise<number> {
  await pipeline.ingest([1000])
  const { periods } = await pipeline.build(rules)
  return periods.reduce((sum, { charts }) => sum + charts.publish + charts.hide, 0)
}

/** The contributors that each table names, with the version of the key that stands beside them; 0 is nobody. */
async function contributorsHeld(): Promise<Map<string, string[]>> {
  const held = new Map<string, string[]>()
  for (const { name } of rotatedTables) {
    const rows = await store().rows<{ held: string }>(
      `SELECT DISTINCT concat(contributor, ' v', key_version) AS held FROM ${name} WHERE contributor != 0 ORDER BY held`,
    )
    held.set(
      name,
      rows.map((row) => row.held),
    )
  }
  return held
}

const namesInUse = () => djs.map((dj) => `${pseudonyms.contributor(ownerOf(dj))} v${pseudonyms.keyVersion}`)

/** Nothing is left of any key but the one in use, in rows or on the disk. */
async function expectOneKey(): Promise<void> {
  const known = [...namesInUse(), `${STAND_IN} v${pseudonyms.keyVersion}`]
  for (const [table, held] of await contributorsHeld()) expect(known, table).toEqual(expect.arrayContaining(held))
  expect(await readContributorKey(store())).toMatchObject({ version: pseudonyms.keyVersion })
  expect(await store().rows('SELECT version FROM operations.contributor_keys')).toEqual([
    { version: pseudonyms.keyVersion },
  ])
  for (const table of renewalTables) expect(await store().rows(`SELECT 1 FROM ${table}`)).toEqual([])
  const left = await store().rows(
    `SELECT name FROM system.parts WHERE NOT active AND rows > 0 AND database || '.' || table IN {tables:Array(String)}`,
    { tables: [...renewalTables, 'operations.contributor_keys'] },
  )
  expect(left).toEqual([])
}

beforeAll(async () => {
  // Parts that were replaced may go at once, so that no test waits for the second that they stay.
  const others = [...renewalTables, ...contributorBuildTables, 'operations.contributor_keys']
  for (const table of [...rotatedTables.map(({ name }) => name), ...others]) {
    await store().run(`ALTER TABLE ${table} MODIFY SETTING old_parts_lifetime = 0`)
  }
})

/** A member that stands in for an erased account. */
async function addStandIn(): Promise<void> {
  await store().run(`INSERT INTO charts.bases SELECT * REPLACE (${STAND_IN} AS contributor) FROM charts.bases LIMIT 1`)
}

/** Charts of four DJs; a take-back that waits in one, and one that no build knows yet. */
beforeEach(async () => {
  await pipeline.clear()
  await store().run('TRUNCATE TABLE operations.contributor_keys')
  pseudonyms.useContributorKey(unsaltedKey)
  await finishRotation(rotationOptions())
  pipeline.clock.nowMs = Date.parse('2026-05-14T12:00:00Z')
  events = []
  for (const dj of djs) {
    const patch = { choices: { charts: true }, location: { country: dj < 3 ? 'NZ' : 'DE' } }
    await take({ v: 1, type: 'profile-change', owner: ownerOf(dj), at: pipeline.clock.nowMs, patch })
    await send(dj, 'a', ['One', 'Two'])
    await send(dj, 'b', ['Two', `Own of ${dj}`])
  }
  await build()
  await takeBack(1, 'b')
  await build()
  await takeBack(2, 'b')
  await pipeline.ingest([1000])
})

describe('a rotation of the contributor key', () => {
  it('covers every table that names contributors from one build to the next', () => {
    const named = Object.entries(columns).filter(([, ofTable]) => Object.values(ofTable).includes('contributor'))
    const lasting = named.map(([table]) => table).filter((table) => !table.startsWith('charts.build_'))
    expect(rotatedTables.map(({ name }) => name).sort()).toEqual(lasting.sort())
    for (const { name } of rotatedTables) expect(Object.keys(columns[name] ?? {}), name).toContain('key_version')
  })

  it('gives every row its new pseudonym, and leaves none of the old ones, nor their key', async () => {
    await addStandIn()
    const names = namesInUse()
    const before = await contributorsHeld()
    for (const table of ['charts.contributions', 'charts.changes', 'charts.bases', 'charts.pending_take_backs']) {
      expect(before.get(table), table).not.toEqual([])
    }
    const key = await readContributorKey(store())

    expect(await rotate()).toMatchObject({ keyVersion: 2 })
    const renamed = namesInUse()
    const after = await contributorsHeld()
    for (const [table, held] of before) {
      const expected = held.map((one) => renamed[names.indexOf(one)] ?? `${STAND_IN} v2`)
      expect(after.get(table), table).toEqual(expected.sort())
    }
    await expectOneKey()
    expect((await readContributorKey(store()))?.salt.toString('hex')).not.toBe(key?.salt.toString('hex'))
    await expectSameRows(store(), readHistory(events), pseudonyms)
  })

  it('changes no chart, and later builds compare with what was before it', async () => {
    pipeline.clock.nowMs += 25 * 3_600_000
    expect(await build()).toBeGreaterThan(0)
    const shown = await pipeline.shownCharts()
    await rotate()
    expect(await pipeline.shownCharts()).toEqual(shown)

    // Every week is counted anew, and each DJ gives what they gave.
    await store().run(
      'INSERT INTO charts.changes (week, changed_at) SELECT DISTINCT week, now64() FROM charts.contributions',
    )
    expect(await build()).toBe(0)
    await send(3, 'c', ['Three'])
    expect(await build()).toBe(0)
    await rotate()
    await send(4, 'c', ['Three'])
    expect(await build()).toBeGreaterThan(0)
    expect((await pipeline.shownCharts()).get('DE/all/2026-W20')?.entries).toHaveLength(3)
    await expectSameRows(store(), readHistory(events), pseudonyms)
  })

  it('waits for the batch and the build in hand, lets none begin meanwhile, and is refused a second time', async () => {
    const options = rotationOptions()
    const order: string[] = []
    const build = options.turns.charts.run(async () => {
      await store().run('SELECT sleep(0.2)')
      order.push(`built under ${pseudonyms.keyVersion}`)
    })
    const rotation = createRotation(options)
    const begun: Promise<unknown>[] = []
    const first = rotation(({ step }) => {
      if (step !== 'copying' || begun.length > 0) return
      begun.push(options.turns.ingest.run(async () => order.push(`ingested under ${pseudonyms.keyVersion}`)))
      begun.push(options.turns.charts.run(async () => order.push(`built under ${pseudonyms.keyVersion}`)))
    })
    await expect(rotation(() => undefined)).rejects.toMatchObject({ code: 'busy' })
    await Promise.all([build, first])
    await Promise.all(begun)
    expect(order).toEqual(['built under 1', 'ingested under 2', 'built under 2'])
    await expect(rotation(() => undefined)).resolves.toMatchObject({ keyVersion: 3 })
  })

  it('is made good at the next start, wherever a crash ended it', async () => {
    await addStandIn()
    const shown = await pipeline.shownCharts()
    const model = readHistory(events)
    const found = { undone: 0, done: 0 }
    for (let statement = 0; ; statement += 1) {
      const { keyVersion } = pseudonyms
      if (!(await rotateUntil(statement))) break
      await finishRotation(rotationOptions())
      if (pseudonyms.keyVersion === keyVersion) found.undone += 1
      else found.done += 1
      expect(pseudonyms.keyVersion - keyVersion).toBeLessThanOrEqual(1)
      await expectOneKey()
      await expectSameRows(store(), model, pseudonyms)
    }
    expect(await pipeline.shownCharts()).toEqual(shown)
    expect(found.undone).toBeGreaterThan(10)
    expect(found.done).toBeGreaterThan(10)
  })
})

/** Statements that make deleted rows go from the disk; each start has them again, so dying between them shows nothing new. */
const purging = /APPLY DELETED MASK|^KILL MUTATION|DROP PARTITION/

/** A rotation in a process that dies before a statement that changes rows; answers whether it came so far. */
async function rotateUntil(statement: number): Promise<boolean> {
  let die = (): void => undefined
  const death = new Promise<void>((resolve) => {
    die = resolve
  })
  const { connection, isDead } = mortal(store(), ['insert', 'run'], statement, () => die())
  const run: StoreConnection['run'] = (sql, params) =>
    purging.test(sql) && !isDead() ? store().run(sql, params) : connection.run(sql, params)
  // In the dead process nothing goes on: who asks again and again for the store is left alone.
  await Promise.race([rotate({ ...connection, run }), death])
  return isDead()
}
