/**
 * A lease in the store: one process at a time has it, whoever else asks waits, and a process that is gone loses it.
 *
 * ClickHouse has no compare-and-set of rows, but renaming a table is one: of all who rename `leases.charts_17` to
 * `leases.charts_18` exactly one succeeds, and that one has term 18. The name is the fence, too: a statement that names the
 * table of an earlier term is refused by the engine. The table is empty; rows of `leases.terms` tell how long a term holds, by
 * the store's clock, so that clocks of the processes play no part. Why not otherwise: docs/decisions/0018-leases-in-the-store.md.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { TonearmError } from '../errors/tonearm-error.ts'
import type { StoreConnection } from './store.ts'

const LEASE_MS = 15_000
/** This part of a term before it ends by the store's clock its holder counts it as lost: what is under way then ends. */
const MARGIN = 1 / 3
/** So many renewals are tried before that. */
const RENEWALS = 4
const POLL_MS_MAX = 1_000

export interface LeaseOptions {
  readonly store: StoreConnection
  /** Letters only: the begin of the table's name. */
  readonly name: string
  /** Tells processes apart in what operators read; random, and nothing personal. */
  readonly holder: string
  /** How long a term holds without being renewed, by the store's clock. */
  readonly leaseMs?: number
  /** Milliseconds that never go back, also not while the process is stopped. */
  readonly now?: () => number
}

/** A term of the lease: this process has it until it gives it back, or `lost` aborts. */
export interface Tenure {
  readonly term: number
  /** Whether nobody had it, or gave it back; otherwise who had it may have left statements that still run. */
  readonly wasFree: boolean
  /** Aborts when another process may have the lease. */
  readonly lost: AbortSignal
  /** Throws `lease-lost` where another process may have the lease by now. */
  check(): void
  /** A condition of SQL that the engine refuses, with the whole statement, once another process has taken the lease. */
  readonly condition: string
  /** Gives the lease back, so that another need not wait for its end. Never rejects. */
  release(): Promise<void>
}

export interface Lease {
  /**
   * Waits until the lease is free and takes it. Rejects with the signal's reason, or as the store does where that is no
   * passing failure.
   */
  acquire(signal: AbortSignal): Promise<Tenure>
}

/** @throws RangeError for a name that is none. */
export function createLease(options: LeaseOptions): Lease {
  const { store, name, holder, leaseMs = LEASE_MS, now = performance.now.bind(performance) } = options
  if (!/^[a-z]+$/.test(name)) throw new RangeError('The name of a lease is of lower case letters')
  const holdsMs = leaseMs * (1 - MARGIN)
  const tableOf = (term: number) => `leases.${name}_${term}`
  const conditionOf = (term: number) => `(SELECT count() FROM ${tableOf(term)}) >= 0`

  /** The newest term; 0 where there never was one. */
  async function newestTerm(): Promise<number> {
    const rows = await store.rows<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = 'leases' AND startsWith(name, {prefix:String})",
      { prefix: `${name}_` },
    )
    return Math.max(0, ...rows.map((row) => Number(row.name.slice(name.length + 1))))
  }

  /** How long a term still holds, and whether it was given back; `undefined` where its holder has not said yet. */
  async function readTerm(term: number): Promise<{ leftMs: number; isGivenBack: boolean } | undefined> {
    const [row] = await store.rows<{ left_ms: string; is_given_back: number }>(
      `SELECT toUnixTimestamp64Milli(expires_at) - toUnixTimestamp64Milli(now64(3)) AS left_ms, is_given_back
       FROM leases.terms FINAL WHERE name = {name:String} AND term = {term:UInt64}`,
      { name, term },
    )
    return row && { leftMs: Number(row.left_ms), isGivenBack: row.is_given_back === 1 }
  }

  /** Whether the term after this one is ours now. One that we do not hear of in time counts as another's. */
  async function take(term: number): Promise<boolean> {
    try {
      if (term === 0) return await takeFirst()
      await store.run(`RENAME TABLE ${tableOf(term)} TO ${tableOf(term + 1)}`)
      return true
    } catch (cause) {
      if (isTakenByAnother(cause)) return false
      throw cause
    }
  }

  /** Others may have made the first term, and later ones, since there was none: then ours was never there. */
  async function takeFirst(): Promise<boolean> {
    await store.run(
      `CREATE TABLE ${tableOf(1)} (nothing UInt8) ENGINE = Memory COMMENT 'Its name is the term of a lease'`,
    )
    if ((await newestTerm()) === 1) return true
    await store.run(`DROP TABLE ${tableOf(1)}`)
    return false
  }

  async function renew(term: number, renewal: number, forMs: number): Promise<void> {
    await store.run(
      `INSERT INTO leases.terms
       SELECT {name:String}, {term:UInt64}, {renewal:UInt64}, {holder:String},
         now64(3) + toIntervalMillisecond({for_ms:Int64}), {for_ms:Int64} = 0
       WHERE ${conditionOf(term)}`,
      { name, term, renewal, holder, for_ms: forMs },
    )
  }

  async function begin(term: number, wasFree: boolean): Promise<Tenure> {
    const lost = new AbortController()
    let renewal = 1
    let holdsUntilMs = now() + holdsMs
    await renew(term, renewal, leaseMs)
    const lose = () => {
      clearInterval(timer)
      lost.abort(new TonearmError('lease-lost', `the lease ${name} is another process's`))
    }
    const check = () => {
      if (!lost.signal.aborted && now() > holdsUntilMs) lose()
      lost.signal.throwIfAborted()
    }
    let isRenewing = false
    async function renewOnce(): Promise<void> {
      if (now() > holdsUntilMs) return lose()
      if (isRenewing) return
      isRenewing = true
      const askedAtMs = now()
      try {
        await renew(term, ++renewal, leaseMs)
        holdsUntilMs = askedAtMs + holdsMs
      } catch (cause) {
        // Another store failure may pass before the term ends.
        if (isTakenByAnother(cause)) lose()
      } finally {
        isRenewing = false
      }
    }
    const timer = setInterval(() => void renewOnce(), holdsMs / RENEWALS)
    timer.unref()
    return {
      term,
      wasFree,
      lost: lost.signal,
      check,
      condition: conditionOf(term),
      async release() {
        clearInterval(timer)
        const wasLost = lost.signal.aborted
        lost.abort(new TonearmError('lease-lost', `the lease ${name} was given back`))
        // Where it does not arrive, the term ends by itself.
        if (!wasLost) await renew(term, renewal + 1_000_000, 0).catch(() => undefined)
      },
    }
  }

  return {
    async acquire(signal) {
      /** A term whose holder has said nothing, and since when we know. */
      let silent = { term: 0, sinceMs: 0 }
      for (;;) {
        signal.throwIfAborted()
        const term = await newestTerm()
        const said = term === 0 ? { leftMs: 0, isGivenBack: true } : await readTerm(term)
        if (said === undefined && silent.term !== term) silent = { term, sinceMs: now() }
        // Who died between taking the lease and saying so is waited for as long as a term holds.
        const waitMs = said?.leftMs ?? silent.sinceMs + leaseMs - now()
        if (waitMs <= 0 && (await take(term))) return await begin(term + 1, said?.isGivenBack === true)
        await sleep(Math.min(POLL_MS_MAX, Math.max(20, waitMs)), undefined, { signal }).catch(() => undefined)
      }
    },
  }
}

/** The table is there already (57), or is under another name now (60). */
function isTakenByAnother(cause: unknown): boolean {
  return cause instanceof TonearmError && /^ClickHouse error (57|60)$/.test(cause.message)
}
