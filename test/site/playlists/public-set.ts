import type { Session } from '#schemas/records/session.ts'
import { sessionRow } from '../../account/session-row.ts'
import type { OpenSite } from '../open-site.ts'

const OWNER = 'owner-key-0000000000aa'
const KEY = 'session-key-00000000aa'
export const PUBLIC_ID = 'public-id-0000000000aa'

/** Writes a public session of one DJ into the store of a test's site, and what becomes of it. */
export function publicSet(site: OpenSite) {
  let version = 10
  const next = () => {
    version += 1
    return String(version)
  }
  return {
    /** Stores it as received now, by the site's clock. */
    async store(session: Partial<Session>) {
      const startedAt = new Date(site.clock.nowMs).toISOString()
      const whole: Session = { id: '1', startedAt, visibility: 'public', tracks: [], ...session }
      const receivedAt = new Date(site.clock.nowMs).toISOString()
      await site.insert('playlists.sessions', [
        sessionRow({ owner: OWNER, key: KEY, session: whole, version: next(), receivedAt }),
      ])
    },
    async publish(isDeleted = 0) {
      const row = { public_id: PUBLIC_ID, owner: OWNER, session_key: KEY, version: next(), is_deleted: isDeleted }
      await site.insert('playlists.public_sessions', [row])
    },
    async choose(flag: string, value: unknown) {
      const row = { owner: OWNER, session_key: KEY, flag, value: JSON.stringify(value), version: next() }
      await site.insert('playlists.session_choices', [row])
    },
    async callHim(displayName: string) {
      const row = { owner: OWNER, member: 'displayName', value: JSON.stringify(displayName), version: next() }
      await site.insert('playlists.profile_members', [row])
    },
  }
}

/** A track that began some minutes after the test's time. */
export function trackAt(nowMs: number, minutes: number, tags: object = {}, deck?: number): Session['tracks'][number] {
  const startedAt = new Date(nowMs + minutes * 60_000).toISOString()
  return { id: String(minutes), startedAt, tags, ...(deck === undefined ? {} : { deck }) }
}
