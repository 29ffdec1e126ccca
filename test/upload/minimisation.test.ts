import { describe, expect, it } from 'vitest'
import { appendedSessions, goodSession, uploadServer, withTrack } from './upload-server.ts'

describe('what is kept of a session', () => {
  it('is every field that may be kept, as it was sent, with times in UTC', async () => {
    const { post, appended } = await uploadServer()
    const tags = {
      title: 'T',
      artist: 'A',
      album: 'Al',
      genre: 'G',
      label: 'L',
      bpm: 124.02,
      key: '8A',
      remixer: 'R',
      composer: 'C',
      year: 2024,
      rating: 4,
      trackNumber: 3,
      bitRate: 320,
      sampleRate: 44100,
      fileName: 'a.mp3',
      fileSize: 11730944,
      lengthSeconds: 333,
    }
    const frame = {
      id: '86',
      historyId: '8c1e',
      exportId: '12',
      software: { name: 'Serato DJ Pro', version: '3.2.1' },
      system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
      name: 'Friday at the harbour',
      visibility: 'public',
      contributeToCharts: false,
    }
    const play = { id: '1', deck: 2, played: true, playedSeconds: 291, playedPercent: 87.5, tags }
    await post({
      ...frame,
      startedAt: '2026-02-13T20:58:00+13:00',
      endedAt: '2026-02-14T01:10:00+13:00',
      editedAt: '2026-02-14T09:00:00+13:00',
      tracks: [
        {
          ...play,
          startedAt: '2026-02-13T21:02:10+13:00',
          endedAt: '2026-02-13T21:07:01+13:00',
          editedAt: '2026-02-14T09:00:00+13:00',
        },
      ],
    })
    expect(appendedSessions(appended)).toEqual([
      {
        ...frame,
        startedAt: '2026-02-13T07:58:00.000Z',
        endedAt: '2026-02-13T12:10:00.000Z',
        editedAt: '2026-02-13T20:00:00.000Z',
        tracks: [
          {
            ...play,
            startedAt: '2026-02-13T08:02:10.000Z',
            endedAt: '2026-02-13T08:07:01.000Z',
            editedAt: '2026-02-13T20:00:00.000Z',
          },
        ],
      },
    ])
  })

  it.each([
    ['that nothing is wrong with', {}],
    ['from which a tag is left out', { bpm: 9000 }],
  ])('is no member that is not named, of a session %s', async (_name, tags) => {
    const { post, appended } = await uploadServer()
    const secret = 'must not be kept'
    await post({
      ...goodSession({ software: { name: 'S', path: secret }, system: { os: 'O', user: secret } }),
      location: secret,
      ip: secret,
      tracks: [
        { id: '1', comment: secret, path: secret, tags: { title: 'T', comment: secret, picture: secret, ...tags } },
      ],
    })
    expect(appended).toHaveLength(1)
    expect(JSON.stringify(appendedSessions(appended))).not.toContain(secret)
  })

  it.each([
    ['/Users/ana/Music/a.mp3', 'a.mp3'],
    ['C:\\Users\\ana\\a.mp3', 'a.mp3'],
    ['Macintosh HD:Users:ana:a.mp3', 'a.mp3'],
    ['C:\\Users/ana\\Sets: live/ a.mp3 ', 'a.mp3'],
    ['a.mp3', 'a.mp3'],
    ['/Users/ana/', undefined],
    ['', undefined],
  ])('is of the file name %j only the last part', async (fileName, kept) => {
    const { post, appended } = await uploadServer()
    await post({
      sessions: [withTrack({ tags: { fileName } }), { ...withTrack({ tags: { fileName, year: 'x' } }), id: '2' }],
    })
    expect(appendedSessions(appended).map(({ tracks }) => tracks[0]?.tags.fileName)).toEqual([kept, kept])
  })

  it('is of tracks with one id the last one, at its own place', async () => {
    const { post, appended } = await uploadServer()
    await post(
      goodSession({
        tracks: [
          { id: '1', deck: 1 },
          { id: '2', deck: 2 },
          { id: '1', deck: 3 },
          { id: '3', deck: 4 },
        ],
      }),
    )
    expect(appendedSessions(appended)[0]?.tracks.map(({ id, deck }) => [id, deck])).toEqual([
      ['2', 2],
      ['1', 3],
      ['3', 4],
    ])
  })

  it('is for a track without a start the start of its session', async () => {
    const { post, appended } = await uploadServer()
    await post(goodSession({ tracks: [{ id: '1' }, { id: '2', startedAt: '2026-02-13T21:00:00Z' }] }))
    expect(appendedSessions(appended)[0]?.tracks.map(({ startedAt }) => startedAt)).toEqual([
      '2026-02-13T07:58:00.000Z',
      '2026-02-13T21:00:00.000Z',
    ])
  })

  it('is a number where software wrote it as a text', async () => {
    const { post, appended } = await uploadServer()
    const { body } = await post(withTrack({ tags: { bpm: '124.02', year: ' 2024 ', fileSize: '11730944' } }))
    expect(body.accepted[0].warnings).toBeUndefined()
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ bpm: 124.02, year: 2024, fileSize: 11730944 })
  })

  it.each([
    [
      { bpm: '124,02', year: '2009-05-04' },
      { bpm: 124.02, year: 2009 },
    ],
    [
      { bpm: '124 BPM', year: '04/05/2009' },
      { bpm: 124, year: 2009 },
    ],
    [
      { year: 'May 2009', rating: '4' },
      { year: 2009, rating: 4 },
    ],
  ])('is the number that is meant by the text of %j', async (tags, kept) => {
    const { post, appended } = await uploadServer()
    const { body } = await post(withTrack({ tags }))
    expect(body.accepted[0].warnings).toBeUndefined()
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual(kept)
  })

  it('keeps the musical key as it was sent, for its DJ sees the session as it was uploaded', async () => {
    const { post, appended } = await uploadServer()
    await post(withTrack({ tags: { key: '08a' } }))
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ key: '08a' })
  })
})
