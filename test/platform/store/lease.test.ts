import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { guardConnection } from '#platform/store/guarded-connection.ts'
import { createLease, type Lease, type LeaseOptions, type Tenure } from '#platform/store/lease.ts'
import { createLeaseTurn } from '#platform/store/lease-turn.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { waitFor } from '../../support/wait-for.ts'

const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
let store: Store
const never = new AbortController().signal

beforeAll(async () => {
  store = openEmbeddedStore({ folder })
  await migrate(store, Date.now)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

let names = 0
/** A lease that no other test asks for, as many processes see it: each with a name, a connection and a clock of its own. */
function newLease() {
  const name = `test${String.fromCharCode(97 + names)}`
  names += 1
  let holders = 0
  const jobs = ['charts', 'privacy', 'ingest'] as const
  const ask = (options: Partial<LeaseOptions> = {}): Lease => {
    const job = jobs[holders % jobs.length] ?? 'charts'
    holders += 1
    return createLease({ store: store.connect(job), name, holder: `holder-${holders}`, leaseMs: 60_000, ...options })
  }
  return {
    ask,
    name,
    /** Somebody takes it and is gone at once, without a word. */
    async takeAndDie(): Promise<void> {
      let isGone = false
      const connection = store.connect('charts')
      const mortal = guardConnection(connection, () => {
        if (isGone) throw new TonearmError('store-unavailable', 'nobody is there any more')
      })
      const tenure = await ask({ store: mortal, leaseMs: 300 }).acquire(never)
      isGone = true
      onTestFinished(() => tenure.release())
    },
  }
}

async function take(lease: Lease): Promise<Tenure> {
  const tenure = await lease.acquire(never)
  onTestFinished(() => tenure.release())
  return tenure
}

/** Whether somebody else could have the lease now. */
async function isFree(lease: Lease): Promise<boolean> {
  const soon = AbortSignal.timeout(300)
  try {
    await (await lease.acquire(soon)).release()
    return true
  } catch {
    return false
  }
}

describe('a lease', () => {
  it('is one process’s at a time, of all that ask for it at once', async () => {
    const lease = newLease()
    let holders = 0
    let held = 0
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        const tenure = await lease.ask().acquire(never)
        holders += 1
        expect(holders).toBe(1)
        await store.connect('account').run('SELECT 1')
        held += 1
        holders -= 1
        await tenure.release()
      }),
    )
    expect(held).toBe(6)
  })

  it('has a higher term with each who takes it', async () => {
    const lease = newLease()
    const terms: number[] = []
    for (let taken = 0; taken < 3; taken += 1) {
      const tenure = await lease.ask().acquire(never)
      terms.push(tenure.term)
      await tenure.release()
    }
    expect(terms).toEqual([1, 2, 3])
  })

  it('stays with who renews it, however long that is', async () => {
    const lease = newLease()
    const tenure = await take(lease.ask({ leaseMs: 600 }))
    const renewed = async () => {
      const [row] = await store
        .connect('account')
        .rows<{ renewals: string }>(
          `SELECT max(renewal) AS renewals FROM leases.terms WHERE name = '${lease.name}' AND term = ${tenure.term}`,
        )
      return Number(row?.renewals) > 3
    }
    await waitFor('some renewals', renewed, 20_000)
    tenure.check()
    expect(await isFree(lease.ask())).toBe(false)
  })

  it('goes to another when its holder is gone, after the time that it holds', async () => {
    const lease = newLease()
    await lease.takeAndDie()
    const next = await take(lease.ask())
    expect(next).toMatchObject({ term: 2, wasFree: false })
  })

  it('is known to be lost by a holder that was stopped for longer than it holds, before it does anything', async () => {
    const lease = newLease()
    let nowMs = 0
    const tenure = await take(lease.ask({ now: () => nowMs }))
    tenure.check()
    nowMs += 60_000
    expect(() => tenure.check()).toThrow(TonearmError)
    expect(tenure.lost.aborted).toBe(true)
  })

  it('is its fence: the engine refuses a statement of an earlier term', async () => {
    const lease = newLease()
    const tenure = await lease.ask().acquire(never)
    const connection = store.connect('account')
    await connection.run('CREATE TABLE IF NOT EXISTS leases.fenced (x UInt8) ENGINE = MergeTree ORDER BY x')
    const write = () => connection.run(`INSERT INTO leases.fenced SELECT 1 WHERE ${tenure.condition}`)
    await write()
    await tenure.release()
    await (await lease.ask().acquire(never)).release()
    await expect(write()).rejects.toThrow('ClickHouse error 60')
    expect(await connection.rows('SELECT x FROM leases.fenced')).toEqual([{ x: 1 }])
  })

  it('of a name that could not be a table’s is refused', () => {
    expect(() => createLease({ store: store.connect('charts'), name: 'a; DROP', holder: 'x' })).toThrow(RangeError)
  })
})

describe('a turn by a lease', () => {
  it('runs the works of all processes one after the other', async () => {
    const lease = newLease()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 2 }), { minLength: 2, maxLength: 5 }), async (processes) => {
        const turns = [0, 1, 2].map(() => createLeaseTurn({ lease: lease.ask(), signal: never }))
        let underWay = 0
        await Promise.all(
          processes.map((process) =>
            turns[process]?.run(async () => {
              underWay += 1
              expect(underWay).toBe(1)
              await store.connect('account').run('SELECT 1')
              underWay -= 1
            }),
          ),
        )
      }),
      { numRuns: 3 },
    )
  })

  it('lets statements through its connection only while it lasts', async () => {
    const turn = createLeaseTurn({ lease: newLease().ask(), signal: never })
    const guarded = turn.guard(store.connect('charts'))
    await expect(guarded.run('SELECT 1')).rejects.toMatchObject({ code: 'lease-lost' })
    await turn.run(() => guarded.run('SELECT 1'))
    await expect(guarded.rows('SELECT 1')).rejects.toMatchObject({ code: 'lease-lost' })
  })

  it('tells a turn after one that was never given back that it may find leftovers', async () => {
    const lease = newLease()
    await lease.takeAndDie()
    const told: boolean[] = []
    const atBegin = async (mayHaveLeftovers: boolean) => void told.push(mayHaveLeftovers)
    const turn = createLeaseTurn({ lease: lease.ask(), signal: never, atBegin })
    await turn.run(async () => undefined)
    await turn.run(async () => undefined)
    expect(told).toEqual([true, false])
  })
})
