/**
 * Fills the tables of a rotation: for each account and session that the store knows its pseudonym and the next one.
 *
 * They are computed here and not by the engine, so that no key gets into a statement.
 * @module
 */
import type { ContributorPseudonyms } from '#platform/keys/pseudonyms.ts'
import { createTurns } from '#platform/scheduling/work-slices.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { columns } from '#schemas/privacy/columns.ts'

/** Keys that are read, hashed and written at once. */
const PORTION = 50_000

/** Wherever an owner stands: of an erased account nothing else is left than that it was. */
const tablesWithOwner = Object.entries(columns).flatMap(([table, ofTable]) =>
  ofTable['owner'] === 'owner-key' ? [table] : [],
)

export interface Renewal {
  readonly store: StoreConnection
  readonly current: ContributorPseudonyms
  readonly next: ContributorPseudonyms
}

/** Writes those of the accounts. One that stands in two tables is told twice as done, and counts once. */
export async function renewContributors(renewal: Renewal, progress: (done: number) => void): Promise<void> {
  const { store, current, next } = renewal
  const turn = createTurns()
  let done = 0
  for (const table of tablesWithOwner) {
    for (let after = ''; ; ) {
      const owners = await store.rows<{ owner: string }>(
        `SELECT owner FROM ${table} WHERE owner > {after:String}
         GROUP BY owner ORDER BY owner LIMIT ${PORTION} SETTINGS optimize_aggregation_in_order = 1`,
        { after },
      )
      const last = owners.at(-1)
      if (last === undefined) break
      after = last.owner
      const lines: string[] = []
      for (const { owner } of owners) {
        const names = { contributor: current.contributor(owner), renewed: next.contributor(owner) }
        lines.push(JSON.stringify({ ...names, key_version: next.keyVersion }))
        await turn()
      }
      await store.insert({ table: 'charts.renewed_contributors', lines: Buffer.from(lines.join('\n')) })
      done += owners.length
      progress(done)
    }
  }
}

/** The same for the sessions, of which contributions are made. */
export async function renewSessions(renewal: Renewal, progress: (done: number) => void): Promise<void> {
  const { store, current, next } = renewal
  const turn = createTurns()
  let done = 0
  let after = { owner: '', key: '' }
  for (;;) {
    const sessions = await store.rows<{ owner: string; key: string }>(
      `SELECT owner, session_key AS key FROM playlists.sessions
       WHERE owner >= {owner:String} AND (owner, session_key) > ({owner:String}, {key:String})
       ORDER BY owner, session_key LIMIT ${PORTION}`,
      after,
    )
    const last = sessions.at(-1)
    if (last === undefined) return
    after = last
    const lines: string[] = []
    for (const { key } of sessions) {
      lines.push(JSON.stringify({ session: current.contributionSession(key), renewed: next.contributionSession(key) }))
      await turn()
    }
    await store.insert({ table: 'charts.renewed_sessions', lines: Buffer.from(lines.join('\n')) })
    done += sessions.length
    progress(done)
  }
}
