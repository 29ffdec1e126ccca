/**
 * The sessions of an account and what was chosen for them by hand, in pages and portions that fit in memory.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { chosenByHand } from '#platform/store/owner-rows.ts'
import { readSessionsInPortions } from '#platform/store/session-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { SessionChoice } from '#schemas/records/account-export.ts'
import type { OwnSession } from '#schemas/records/session.ts'
import { ownSessions, readFlags, toOwnSession } from '../own-sessions.ts'

const SESSIONS_PER_PAGE = 500

/** Tracks that are read at once. Many exports may run beside each other, so it is little: about 2 MB of text. */
const TRACKS_PER_PORTION = 2_000

/** Whole sessions, each as its DJ sees it. One that comes or goes meanwhile may be there or not. */
export async function* readOwnSessions(
  owner: string,
  accountContributes: boolean,
  { store, pseudonyms }: { readonly store: StoreConnection; readonly pseudonyms: Pseudonyms },
): AsyncGenerator<OwnSession> {
  for await (const page of pagesOf(store, owner, listSessions)) {
    for await (const portion of readSessionsInPortions(store, owner, page, TRACKS_PER_PORTION)) {
      const keys = portion.map(({ key }) => key)
      const flags = await readFlags(store, owner, keys)
      for (const stored of portion) {
        yield toOwnSession(stored, { flags: flags.get(stored.key), accountContributes, pseudonyms })
      }
    }
  }
}

/** What was chosen by hand, also for sessions that were deleted. */
export async function* readSessionChoices(store: StoreConnection, owner: string): AsyncGenerator<SessionChoice[]> {
  for await (const page of pagesOf(store, owner, listChosen)) {
    const keys = page.map(({ key }) => key)
    const flags = await readFlags(store, owner, keys)
    const uploaded = await readUploaded(store, owner, keys)
    yield keys.map((key) => {
      const said = uploaded.get(key)
      return {
        key,
        deleted: flags.get(key)?.get('deleted')?.value === true,
        chosen: chosenByHand(flags.get(key)),
        ...(said === undefined ? {} : { uploaded: said }),
      }
    })
  }
}

const listSessions = `SELECT session_key AS key, length(tracks.id) AS tracks FROM playlists.sessions FINAL
  WHERE ${ownSessions} AND session_key > {after:String} ORDER BY session_key LIMIT ${SESSIONS_PER_PAGE}`

const listChosen = `SELECT DISTINCT session_key AS key, 0 AS tracks FROM playlists.session_choices FINAL
  WHERE owner = {owner:String} AND session_key > {after:String} ORDER BY session_key LIMIT ${SESSIONS_PER_PAGE}`

/** Pages of a list of sessions, by key, so that what comes and goes meanwhile shifts nothing. */
async function* pagesOf(store: StoreConnection, owner: string, list: string) {
  let after = ''
  for (;;) {
    const rows = await store.rows<{ key: string; tracks: string }>(list, { owner, after })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ key, tracks }) => ({ key, trackCount: Number(tracks) }))
    after = last.key
  }
}

/** What uploads said of what can also be chosen by hand. */
async function readUploaded(store: StoreConnection, owner: string, keys: readonly string[]) {
  const rows = await store.rows<{
    session_key: string
    name: string | null
    visibility: 'unset' | 'private' | 'public'
    contribute: 'unset' | 'no' | 'yes'
  }>(
    `SELECT session_key, name, visibility, contribute FROM playlists.sessions FINAL
     WHERE ${ownSessions} AND session_key IN {keys:Array(String)}`,
    { owner, keys },
  )
  return new Map(
    rows.map(({ session_key: key, name, visibility, contribute }) => [
      key,
      {
        ...(name === null ? {} : { name }),
        ...(visibility === 'unset' ? {} : { visibility }),
        ...(contribute === 'unset' ? {} : { contributeToCharts: contribute === 'yes' }),
      },
    ]),
  )
}
