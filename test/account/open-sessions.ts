import type { OwnSessionSummary, Session } from '#schemas/records/session.ts'
import { openAccount, pseudonyms } from './open-account.ts'
import { sessionRow } from './session-row.ts'

export const OWNER = pseudonyms.owner('dj')

/** A session with every member there is. */
export const whole: Session = {
  id: '86',
  historyId: '8c1e',
  exportId: '12',
  software: { name: 'Serato DJ Pro', version: '3.2.1' },
  system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
  name: 'Friday at the harbour',
  startedAt: '2026-02-13T07:58:00.000Z',
  endedAt: '2026-02-13T12:10:00.250Z',
  editedAt: '2026-02-13T20:00:00.000Z',
  visibility: 'private',
  contributeToCharts: true,
  tracks: [
    {
      id: '1',
      deck: 2,
      played: true,
      startedAt: '2026-02-13T08:02:10.125Z',
      endedAt: '2026-02-13T08:07:01.000Z',
      playedSeconds: 291,
      playedPercent: 87.5,
      editedAt: '2026-02-13T20:00:00.000Z',
      tags: {
        title: 'Title',
        artist: 'Artist',
        album: 'Album',
        genre: 'House',
        label: 'Label',
        bpm: 124.02,
        key: '8A',
        remixer: 'Remixer',
        composer: 'Composer',
        year: 2024,
        rating: 4,
        trackNumber: 3,
        bitRate: 320,
        sampleRate: 44_100,
        fileName: 'a.mp3',
        fileSize: 11_730_944,
        lengthSeconds: 333,
      },
    },
  ],
}

/** The routes for a DJ's sessions, and ways to put rows under them. */
export function openSessions() {
  const account = openAccount()
  const keyOf = (id: string, historyId?: string, owner = OWNER) => pseudonyms.sessionKey(owner, historyId, id)
  const get = (path: string, token = 'dj') =>
    account.server().inject({ url: path, headers: { authorization: `Bearer ${token}` } })
  return {
    insert: account.insert,
    keyOf,
    get,
    list: async (query = '') =>
      (await get(`/v1/me/sessions${query}`)).json<{ sessions: OwnSessionSummary[]; next?: string }>(),
    async store(session: Partial<Session> & { id: string }, owner = OWNER): Promise<string> {
      const key = keyOf(session.id, session.historyId, owner)
      const complete = { startedAt: '2026-02-13T07:58:00.000Z', tracks: [], ...session }
      await account.insert('playlists.sessions', [sessionRow({ owner, key, session: complete })])
      return key
    },
    choose: (key: string, flag: string, value: unknown, version = '20') =>
      account.insert('playlists.session_choices', [
        { owner: OWNER, session_key: key, flag, value: JSON.stringify(value), version },
      ]),
    contribute: () =>
      account.insert('playlists.profile_members', [
        { owner: OWNER, member: 'choices.charts', value: 'true', version: '5' },
      ]),
  }
}
