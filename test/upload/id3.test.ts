import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readId3 } from '../../services/upload/read-id3.ts'
import { frame, id3Block, id3Of, textFrame } from './id3-block.ts'
import { appendedSessions, goodSession, uploadServer, withTrack } from './upload-server.ts'

describe('an ID3 block', () => {
  it('fills the tags that are not given, and no other', async () => {
    const { post, appended } = await uploadServer()
    const id3 = id3Of({
      TIT2: 'Block title',
      TPE1: 'One\0Two',
      TBPM: '128',
      TDRC: '2024-05-01',
      TRCK: '6/11',
      TCON: '(17)',
    })
    const { body } = await post(withTrack({ tags: { title: 'Given', artist: '' }, id3 }))
    expect(body.accepted[0].warnings).toBeUndefined()
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({
      title: 'Given',
      artist: 'One/Two',
      bpm: 128,
      year: 2024,
      trackNumber: 6,
      genre: 'Rock',
    })
  })

  it('says numbers as people write them', async () => {
    const { post, appended } = await uploadServer()
    const { body } = await post(withTrack({ id3: id3Of({ TBPM: '124,02', TDRC: '04/05/2009' }) }))
    expect(body.accepted[0].warnings).toBeUndefined()
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ bpm: 124.02, year: 2009 })
  })

  it('lets nothing through but tags', async () => {
    const { post, appended } = await uploadServer()
    const block = id3Block([
      frame('COMM', '\x03eng\0a secret comment'),
      frame('APIC', '\x03image/png\0\x03\0a secret picture'),
      frame('USLT', '\x03eng\0secret lyrics'),
      textFrame('TXXX', 'secret\0text'),
      frame('PRIV', 'owner\0secret'),
      textFrame('TIT2', 'Weightless'),
    ])
    await post(withTrack({ id3: block.toString('base64') }))
    expect(appendedSessions(appended)[0]?.tracks[0]).toEqual({
      id: '1',
      startedAt: '2026-02-13T07:58:00.000Z',
      tags: { title: 'Weightless' },
    })
  })

  it('gives a warning for a value that makes no sense, at the block', async () => {
    const { post, appended } = await uploadServer()
    const { body } = await post(withTrack({ id3: id3Of({ TBPM: '9000', TIT2: 'x'.repeat(1001), TALB: 'Kept' }) }))
    expect(body.accepted[0].warnings).toMatchObject([
      { code: 'tag-too-long', path: '/tracks/0/id3' },
      { code: 'tag-out-of-bounds', path: '/tracks/0/id3' },
    ])
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ album: 'Kept' })
  })

  it.each([
    ['an empty text', '', 'id3-unreadable'],
    ['no base64', '????', 'id3-unreadable'],
    ['another format', Buffer.from('fLaC and more').toString('base64'), 'id3-unreadable'],
    ['a number', 7, 'id3-unreadable'],
    ['more than 1 MiB', Buffer.alloc(1024 * 1024 + 1).toString('base64'), 'id3-too-large'],
  ])('costs no more than a warning: %s', async (_name, id3, code) => {
    const { post, appended } = await uploadServer()
    const { status, body } = await post(withTrack({ tags: { title: 'Kept' }, id3 }))
    expect(status).toBe(202)
    expect(body.accepted[0].warnings).toMatchObject([{ code, path: '/tracks/0/id3' }])
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ title: 'Kept' })
  })

  it('of exactly 1 MiB is read', async () => {
    const { post, appended } = await uploadServer()
    const small = id3Block([textFrame('TIT2', 'Large')])
    const block = id3Block([textFrame('TIT2', 'Large')], 1024 * 1024 - small.length)
    expect(block).toHaveLength(1024 * 1024)
    const { body } = await post(withTrack({ id3: block.toString('base64') }))
    expect(body.accepted[0].warnings).toBeUndefined()
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ title: 'Large' })
  })

  it('after the thousandth of a request is left out', async () => {
    const { post, appended } = await uploadServer()
    const id3 = id3Of({ TIT2: 'Again' })
    const { body } = await post(
      goodSession({ tracks: Array.from({ length: 1001 }, (_, id) => ({ id: String(id), id3 })) }),
    )
    expect(body.accepted[0].warnings).toMatchObject([{ code: 'id3-too-many', path: '/tracks/1000/id3' }])
    expect(appendedSessions(appended)[0]?.tracks.filter(({ tags }) => tags.title === 'Again')).toHaveLength(1000)
  })

  it('is read quickly however many values and frames it has', async () => {
    const values = Array.from({ length: 100_000 }, (_, value) => `value ${value}`).join('\0')
    const frames = Array.from({ length: 50_000 }, () => textFrame('TPE1', 'a'))
    expect((await readId3(id3Block([textFrame('TCON', values)])))?.leftOut).toEqual([
      { name: 'genre', code: 'tag-too-long' },
    ])
    expect((await readId3(id3Block(frames)))?.tags).toEqual({ artist: 'a' })
  })

  it('of any bytes never throws, and gives only tags that may be kept', async () => {
    const { post, appended } = await uploadServer()
    const frames = fc.array(
      fc.record({
        id: fc.constantFrom('TIT2', 'TPE1', 'TCON', 'TBPM', 'TRCK', 'TDRC', 'TLEN', 'POPM', 'TKEY', 'SYLT', 'XXXX'),
        data: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      }),
      { maxLength: 8 },
    )
    const damaged = fc.tuple(frames, fc.nat(200), fc.nat(255), fc.nat(300)).map(([list, at, byte, length]) => {
      const block = id3Block(list)
      if (at < block.length) block[at] = byte
      return block.subarray(0, length)
    })
    const random = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([Buffer.from('ID3'), bytes]))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          damaged,
          frames.map((list) => id3Block(list)),
          random,
        ),
        async (block) => {
          appended.length = 0
          const { status } = await post(withTrack({ id3: block.toString('base64') }))
          expect(status).toBe(202)
          expect(appendedSessions(appended)).toHaveLength(1)
        },
      ),
      { numRuns: 300 },
    )
  })
})
