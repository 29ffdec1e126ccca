import { describe, expect, it } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { consent, keyOf, openWorker, putOf, recordOf } from './open-worker.ts'

const worker = openWorker()
const sessionIds = async () =>
  (await worker.rows<{ id: string }>('SELECT session_id AS id FROM playlists.sessions FINAL ORDER BY id')).map(
    ({ id }) => id,
  )
const contributed = async () =>
  Number(
    (await worker.rows<{ n: string }>('SELECT sum(length(plays.track)) AS n FROM charts.contributions FINAL'))[0]?.n,
  )

describe('an event that cannot be used goes to the dead letters, and costs the others nothing', () => {
  it.each([
    ['unreadable', 'not JSON'],
    ['unreadable', '"a text"'],
    ['unreadable', 'null'],
    ['unreadable', { type: undefined }],
    ['unreadable', { ...putOf('1'), owner: 'somebody-else' }],
    ['unknown-version', { ...putOf('1'), v: 2 }],
    ['unknown-type', { type: 'session-burnt' }],
    ['defect', { type: 'session-put' }],
    ['defect', { type: 'session-put', key: keyOf('1'), session: { id: '1', tracks: 'none' } }],
    ['defect', { type: 'profile-change', patch: null }],
  ])('%s: %j', async (reason, event) => {
    await worker.ingest([recordOf(1, putOf('8')), recordOf(2, event), recordOf(3, putOf('9'))])
    expect(worker.deadLetters.map(({ offset, reason }) => ({ offset, reason }))).toEqual([{ offset: 2, reason }])
    expect(await sessionIds()).toEqual(['8', '9'])
  })

  it('unreadable: bytes that are not UTF-8', async () => {
    await worker.ingest([{ ...recordOf(1, ''), payload: Buffer.from([0x22, 0xff, 0x22]) }])
    expect(worker.deadLetters).toMatchObject([{ offset: 1, reason: 'unreadable' }])
  })

  it('is counted once, as are those around it, however often the batch is done again to find it', async () => {
    await worker.ingest([
      recordOf(1, 'not JSON'),
      recordOf(2, putOf('8')),
      recordOf(3, { type: 'session-put' }),
      recordOf(4, { type: 'session-delete', ref: 'nothing' }),
    ])
    expect(await worker.outcomes()).toEqual({ ok: 1, unreadable: 1, defect: 1, 'no-such-session': 1 })
  })

  it('says what was wrong without repeating what was in it', async () => {
    await worker.ingest([recordOf(1, '{"secret": "Friday at the harbour"'), recordOf(2, { type: 'session-put' })])
    expect(JSON.stringify(worker.deadLetters)).not.toMatch(/secret|harbour/)
  })
})

describe('which events change nothing', () => {
  it('leaves out a choice and a deletion for a session that is not there', async () => {
    await worker.ingest([
      recordOf(1, { type: 'session-choices', ref: '86', choices: { contributeToCharts: false } }),
      recordOf(2, { type: 'session-delete', ref: keyOf('86') }),
    ])
    expect(await worker.outcomes()).toEqual({ 'no-such-session': 2 })
  })

  it('leaves out a deleted session that is sent again, and takes it where its upload says so', async () => {
    const again = putOf('86')
    await worker.ingest([recordOf(1, putOf('86')), recordOf(2, { type: 'session-delete', ref: '86' })])
    await worker.ingest([recordOf(3, again)])
    expect(await worker.outcomes()).toEqual({ ok: 2, 'session-deleted': 1 })
    expect(await sessionIds()).toEqual([])
    await worker.ingest([recordOf(4, { ...again, undelete: true })])
    expect(await sessionIds()).toEqual(['86'])
  })

  it('leaves out what comes again when something newer of the session is stored', async () => {
    const old = recordOf(1, putOf('86', { name: 'Old' }))
    await worker.ingest([old])
    await worker.ingest([recordOf(2, putOf('86', { name: 'New' }))])
    await worker.ingest([old])
    expect(await worker.outcomes()).toEqual({ ok: 2, superseded: 1 })
    expect(await worker.rows('SELECT name FROM playlists.sessions FINAL')).toEqual([{ name: 'New' }])
  })

  it.each([
    ['a deletion', { type: 'session-delete', ref: '86' }],
    ['a choice', { type: 'session-choices', ref: '86', choices: { contributeToCharts: false, visibility: 'public' } }],
  ])('%s that came before its session stays without effect when both come again', async (_, early) => {
    const records = [recordOf(1, consent), recordOf(2, early), recordOf(3, putOf('86'))]
    await worker.ingest(records)
    await worker.ingest(records)
    expect(await sessionIds()).toEqual(['86'])
    expect(await contributed()).toBe(1)
    expect(await worker.rows('SELECT flag FROM playlists.session_choices FINAL')).toEqual([])
  })
})

describe('choices by id', () => {
  const leftOut = (ref: string) => ({ type: 'session-choices', ref, choices: { contributeToCharts: false } })

  it('finds the session in the same batch and in the store', async () => {
    await worker.ingest([recordOf(1, consent), recordOf(2, putOf('1')), recordOf(3, leftOut('1'))])
    expect(await contributed()).toBe(0)
    await worker.ingest([recordOf(4, putOf('2'))])
    expect(await contributed()).toBe(1)
    await worker.ingest([recordOf(5, leftOut('2'))])
    expect(await contributed()).toBe(0)
  })

  it('takes none of two sessions with one id, and each by its key', async () => {
    await worker.ingest([
      recordOf(1, consent),
      recordOf(2, putOf('1', {}, 'here')),
      recordOf(3, putOf('1', {}, 'there')),
      recordOf(4, leftOut('1')),
    ])
    expect(await worker.outcomes()).toEqual({ ok: 3, 'no-such-session': 1 })
    await worker.ingest([recordOf(5, leftOut(keyOf('1', 'there')))])
    expect(await contributed()).toBe(1)
  })

  it('does not reach the session of another DJ by its key', async () => {
    await worker.ingest([recordOf(1, putOf('1'))])
    const stranger = {
      ...recordOf(2, { type: 'session-delete', ref: keyOf('1'), owner: 'stranger' }),
      owner: 'stranger',
    }
    await worker.ingest([stranger])
    expect(await worker.outcomes()).toEqual({ ok: 1, 'no-such-session': 1 })
    expect(await sessionIds()).toEqual(['1'])
  })
})

describe('a store that refuses or is away', () => {
  /** A connection whose inserts into a table fail while a text is in them. */
  const refusing =
    (table: string, text: string) =>
    (store: StoreConnection): StoreConnection => ({
      ...store,
      insert: async (rows) => {
        if (rows.table === table && Buffer.from(rows.lines).includes(text))
          throw new TonearmError('row-refused', 'test')
        await store.insert(rows)
      },
    })

  it('finds the one event that is refused, and stores the others', async () => {
    const records = [recordOf(1, consent), ...['2', '3', '4', '5', '6'].map((id) => recordOf(Number(id), putOf(id)))]
    await worker.ingest(records, refusing('charts.contributions', 'Lantern 4'))
    expect(worker.deadLetters).toMatchObject([{ offset: 4, reason: 'row-refused' }])
    expect(await sessionIds()).toEqual(['2', '3', '5', '6'])
    expect(await contributed()).toBe(4)
  })

  it('tries a batch again, whole, while the store is away', async () => {
    let failures = 2
    await worker.ingest([recordOf(1, consent), recordOf(2, putOf('1'))], (store) => ({
      ...store,
      insert: async (rows) => {
        if (rows.table === 'playlists.sessions' && failures-- > 0) throw new TonearmError('store-unavailable', 'test')
        await store.insert(rows)
      },
    }))
    expect(worker.deadLetters).toEqual([])
    expect(await sessionIds()).toEqual(['1'])
    expect(await contributed()).toBe(1)
  })

  it('passes on that the store refuses a statement, and so keeps the place', async () => {
    const refused = worker.ingest([recordOf(1, putOf('1'))], (store) => ({
      ...store,
      insert: () => Promise.reject(new TonearmError('store-refused', 'test')),
    }))
    await expect(refused).rejects.toMatchObject({ code: 'store-refused' })
    expect(worker.deadLetters).toEqual([])
  })
})
