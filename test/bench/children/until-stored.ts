import { setTimeout as sleep } from 'node:timers/promises'
import type { StoreConnection } from '#platform/store/store.ts'

const POLL_MS_MIN = 20
/** Of the time so far: asking takes little of what is measured, and what it adds is little of it. */
const POLL_SHARE = 1 / 40

/**
 * Resolves when ingest has nothing left to do, by what the service at an address says of itself, and the store has so many
 * sessions. Whether it runs alone or in parts, the question is the same.
 */
export async function untilStored(address: string, store: StoreConnection, sessions: number): Promise<void> {
  const startedAt = performance.now()
  for (;;) {
    const lag = await readMetric(address, 'tonearm_ingest_lag_events')
    // Where the log could not be asked the number is that of before, so the rows are counted too.
    if (lag === 0 && (await storedSessions(store)) >= sessions) return
    await sleep(Math.max(POLL_MS_MIN, (performance.now() - startedAt) * POLL_SHARE))
  }
}

/** One value of `/metrics`, of a line without labels; 0 where it has none. */
export async function readMetric(address: string, name: string): Promise<number> {
  const metrics = await (await fetch(`${address}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0)
}

async function storedSessions(store: StoreConnection): Promise<number> {
  const [row] = await store.rows<{ sessions: string }>(
    'SELECT uniqExact(session_key) AS sessions FROM playlists.sessions',
  )
  return Number(row?.sessions ?? 0)
}
