/**
 * Sessions that were ended before their cookie: whoever has kept a copy of the cookie is signed in no more either. Every
 * process asks the store, so it holds at once, and everywhere.
 * @module
 */
import { createHash } from 'node:crypto'
import type { StoreConnection } from '#platform/store/store.ts'

/** What is known of a session by its cookie. */
interface EndingSession {
  readonly formSecret: string
  /** Unix milliseconds. */
  readonly expiresAtMs: number
}

export type EndedSessions = ReturnType<typeof createEndedSessions>

export function createEndedSessions({ store }: { readonly store: StoreConnection }) {
  return {
    /** Resolves when it is durable. Rejects with `store-unavailable`: the session then goes on. */
    async add({ formSecret, expiresAtMs }: EndingSession): Promise<void> {
      const row = { secret_hash: hashOf(formSecret), expires_at: new Date(expiresAtMs).toISOString() }
      await store.insert({ table: 'operations.ended_sign_ins', lines: Buffer.from(JSON.stringify(row)) })
    },

    /** Rejects as `add`: who cannot be asked for has not signed in. */
    async has({ formSecret }: Pick<EndingSession, 'formSecret'>): Promise<boolean> {
      const rows = await store.rows(
        'SELECT 1 AS ended FROM operations.ended_sign_ins WHERE secret_hash = {hash:String} LIMIT 1',
        { hash: hashOf(formSecret) },
      )
      return rows.length > 0
    },
  }
}

/** Not the secret itself: who reads the table has nothing that a form could carry. */
function hashOf(formSecret: string): string {
  return createHash('sha256').update(formSecret).digest('base64url')
}
