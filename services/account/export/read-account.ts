/**
 * What is held on an account beside its sessions: the choices over time, what holds for the whole account, erasures that
 * are under way.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import type { AccountExport } from '#schemas/records/account-export.ts'

const CHOICES_PER_PAGE = 1000

/** By step of an erasure. */
const erasureStates = ['', 'accepted', 'erased', 'complete'] as const

/** Every change of a choice, oldest first, in pages: an account may have changed its mind ten thousand times. */
export async function* readChoices(store: StoreConnection, owner: string): AsyncGenerator<AccountExport['choices']> {
  let after = { version: '0', choice: '' }
  for (;;) {
    const rows = await store.rows<{
      choice: string
      version: string
      value: boolean
      chosen_at_ms: string
      consent_text: string | null
    }>(
      `SELECT choice, version, value, toUnixTimestamp64Milli(chosen_at) AS chosen_at_ms, consent_text
       FROM playlists.choice_history FINAL
       WHERE owner = {owner:String} AND (version, choice) > ({version:UInt64}, {choice:String})
       ORDER BY version, choice LIMIT ${CHOICES_PER_PAGE}`,
      { owner, ...after },
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ choice, value, chosen_at_ms: chosenAtMs, consent_text: consentText }) => ({
      choice,
      value,
      chosenAt: toTime(chosenAtMs),
      consentText,
    }))
    after = { version: last.version, choice: last.choice }
  }
}

export async function readStates(store: StoreConnection, owner: string): Promise<AccountExport['account']> {
  const rows = await store.rows<{ state: string; value: string | null; at_ms: string }>(
    `SELECT toString(state) AS state, value, toUnixTimestamp64Milli(at) AS at_ms
     FROM playlists.account_states FINAL WHERE owner = {owner:String} ORDER BY at, state`,
    { owner },
  )
  return rows.map(({ state, value: reason, at_ms: atMs }) => ({ state, reason, at: toTime(atMs) }))
}

export async function readErasures(store: StoreConnection, owner: string): Promise<AccountExport['erasures']> {
  const rows = await store.rows<{
    step: number
    accepted_ms: string
    erased_ms: string | null
    completed_ms: string | null
    rows_left: Record<string, string>
    charts_rebuilt: string[]
    charts_waiting: string[]
    expires_ms: string | null
  }>(
    `SELECT step, toUnixTimestamp64Milli(accepted_at) AS accepted_ms, toUnixTimestamp64Milli(erased_at) AS erased_ms,
       toUnixTimestamp64Milli(completed_at) AS completed_ms, rows_left, charts_rebuilt, charts_waiting,
       toUnixTimestamp64Milli(log_expires_at) AS expires_ms
     FROM playlists.erasures FINAL WHERE owner = {owner:String} ORDER BY version`,
    { owner },
  )
  return rows.map(({ step, accepted_ms: acceptedMs, erased_ms: erasedMs, completed_ms: completedMs, ...row }) => ({
    state: erasureStates[step] ?? '',
    acceptedAt: toTime(acceptedMs),
    erasedAt: timeOrNull(erasedMs),
    completedAt: timeOrNull(completedMs),
    // 64-bit integers come as text.
    rowsLeft: Object.fromEntries(Object.entries(row.rows_left).map(([table, rowsLeft]) => [table, Number(rowsLeft)])),
    chartsRebuilt: row.charts_rebuilt,
    chartsWaiting: row.charts_waiting,
    logExpiresAt: timeOrNull(row.expires_ms),
  }))
}

function toTime(timeMs: string): string {
  return new Date(Number(timeMs)).toISOString()
}

function timeOrNull(timeMs: string | null): string | null {
  return timeMs === null ? null : toTime(timeMs)
}
