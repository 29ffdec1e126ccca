import { describe, expect, it } from 'vitest'
import { readSeratoSession } from '#rules/serato/session-file.ts'
import { bytesOf, chunk, deletion, play, record, session, u32, utf16, version } from './session-bytes.ts'

const rowsOf = (bytes: Uint8Array) => readSeratoSession(bytes).plays.map(({ row }) => row)
const codesOf = (bytes: Uint8Array) => readSeratoSession(bytes).problems.map(({ code }) => code)

describe('a session file', () => {
  it('is read with all fields that may be kept', () => {
    const bytes = session(
      record({
        1: 7,
        2: 'C:\\Users\\nobody\\a.mp3',
        3: 'C:\\Users\\nobody',
        4: 'Song.mp3',
        6: 'Tïtle 漢 🎧',
        7: 'Artist',
        8: 'Album',
        9: 'House',
        10: '05:04.43',
        11: '11.2MB',
        13: '320.0kbps',
        14: '44.1k',
        15: 123,
        16: { double: 123.45 },
        17: 'comment',
        19: 'grouping',
        20: 'Remixer',
        21: 'Label',
        22: 'Composer',
        23: '1991',
        28: 1_600_000_000,
        29: 1_600_000_300,
        31: 2,
        45: 291,
        48: 86,
        50: true,
        51: '8A',
        53: 1_600_000_301,
      }),
    )
    expect(readSeratoSession(bytes).plays).toEqual([
      {
        row: 7,
        offsetBytes: version().length,
        sessionId: 86,
        deck: 2,
        played: true,
        startedAtSeconds: 1_600_000_000,
        endedAtSeconds: 1_600_000_300,
        playedSeconds: 291,
        updatedAtSeconds: 1_600_000_301,
        tags: {
          title: 'Tïtle 漢 🎧',
          artist: 'Artist',
          album: 'Album',
          genre: 'House',
          label: 'Label',
          bpm: 123.45,
          key: '8A',
          remixer: 'Remixer',
          composer: 'Composer',
          year: 1991,
          bitRate: 320,
          sampleRate: 44_100,
          fileName: 'Song.mp3',
          fileSize: 11_744_051,
          lengthSeconds: 304.43,
        },
      },
    ])
  })

  it('has times and play times of 8 bytes too', () => {
    const [read] = readSeratoSession(session(play(1, { 28: 1_600_000_000n, 29: 1_600_153_630n, 45: 153_630n }))).plays
    expect(read).toMatchObject({
      startedAtSeconds: 1_600_000_000,
      endedAtSeconds: 1_600_153_630,
      playedSeconds: 153_630,
    })
  })

  it('holds of each row the last record, in the place of the first', () => {
    const bytes = session(play(1), play(2), play(1, { 6: 'Corrected' }))
    expect(readSeratoSession(bytes).plays.map(({ row, tags }) => [row, tags.title])).toEqual([
      [1, 'Corrected'],
      [2, 'Title 2'],
    ])
  })

  it('does not hold rows that were deleted, unless they were written again', () => {
    expect(rowsOf(session(play(1), play(2), play(3), deletion(1), deletion(3), play(3)))).toEqual([2, 3])
  })

  it('keeps rows that were not played, and does not guess where the file is silent', () => {
    const silent = record({ 1: 2, 6: 'x', 28: 1_600_000_000 })
    const { plays } = readSeratoSession(session(play(1, { 50: false, 45: 3 }), silent))
    expect(plays.map(({ played, playedSeconds }) => [played, playedSeconds])).toEqual([
      [false, 3],
      [undefined, undefined],
    ])
  })

  it('names of a path only the last part, with either separator', () => {
    const names = ['/Users/a/b c.mp3', 'C:\\Music\\d.wav', '_54432030.tdl', '/ends/in/', '']
    const { plays } = readSeratoSession(session(...names.map((path, row) => play(row + 1, { 2: path }))))
    expect(plays.map(({ tags }) => tags.fileName)).toEqual(['b c.mp3', 'd.wav', '_54432030.tdl', undefined, undefined])
  })

  it('takes the last part of the file name field too', () => {
    const [read] = readSeratoSession(session(play(1, { 4: '/Users/nobody/Song.mp3' }))).plays
    expect(read?.tags.fileName).toBe('Song.mp3')
  })

  it('takes years out of dates, and a BPM of 0 for none', () => {
    const texts = ['2011-01-18T11:15:40', '1970s', '6', '9999', ' 2004 ']
    const { plays, problems } = readSeratoSession(
      session(...texts.map((year, row) => play(row + 1, { 23: year, 15: 0, 16: { double: 0 } }))),
    )
    expect(plays.map(({ tags }) => tags.year)).toEqual([2011, undefined, undefined, undefined, 2004])
    expect(plays.some(({ tags }) => 'bpm' in tags)).toBe(false)
    expect(problems.map(({ code }) => code)).toEqual(['value-left-out', 'value-left-out', 'value-left-out'])
  })

  it.each([
    ['a BPM of 9,000', { 15: 9000 }, 'bpm'],
    ['a BPM that is no number', { 16: { double: Number.NaN } }, 'bpm'],
    ['a length in words', { 10: 'long' }, 'length'],
    ['a bit rate in words', { 13: 'fast' }, 'bitRate'],
    ['a sample rate of nothing', { 14: '0.0k' }, 'sampleRate'],
    ['a size in words', { 11: 'big' }, 'fileSize'],
    ['a deck of 4,294,967,295', { 31: 0xffffffff }, 'deck'],
    ['a time beyond the year 9999', { 53: 0xffffffffffffffffn }, 'updatedAt'],
    ['a play of a hundred years', { 45: 0xffffffff }, 'playedSeconds'],
    ['a time of 3 bytes', { 28: { bytes: Uint8Array.of(1, 2, 3) } }, 'startedAt'],
  ])('costs with %s that value and a note', (_, fields, name) => {
    const { plays, problems } = readSeratoSession(session(play(1, fields)))
    expect(plays).toHaveLength(1)
    expect(problems).toEqual([
      { kind: 'note', code: 'value-left-out', offsetBytes: version().length, detail: `${name}: no sensible value` },
    ])
  })

  it('leaves out an end before the start', () => {
    const { plays, problems } = readSeratoSession(session(play(1, { 28: 1_600_000_000, 29: 1_599_999_999 })))
    expect(plays[0]).not.toHaveProperty('endedAtSeconds')
    expect(problems.map(({ code }) => code)).toEqual(['end-before-start'])
  })

  it('leaves out texts that no server takes', () => {
    const { plays, problems } = readSeratoSession(session(play(1, { 6: 'x'.repeat(1001), 7: 'x'.repeat(1000) })))
    expect(plays[0]?.tags).not.toHaveProperty('title')
    expect(plays[0]?.tags.artist).toHaveLength(1000)
    expect(problems.map(({ code }) => code)).toEqual(['text-too-long'])
  })

  it('reads nothing of comments, folders and paths', () => {
    const said = JSON.stringify(readSeratoSession(session(play(1, { 18: 'lang', 19: 'grouping', 64: 'comment name' }))))
    for (const secret of ['nobody', 'Secret', 'comment', 'grouping', 'lang']) expect(said).not.toContain(secret)
  })

  it('has the same identity when it has grown, and another than every other file', () => {
    const identityOf = (bytes: Uint8Array) => Buffer.from(readSeratoSession(bytes).identity ?? []).toString('hex')
    const young = identityOf(session(play(1)))
    expect(young).not.toBe('')
    expect(identityOf(session(play(1), play(2), play(1, { 6: 'Corrected' }), deletion(1)))).toBe(young)
    expect(identityOf(session(play(1, { 28: 1_600_000_001 })))).not.toBe(young)
    expect(identityOf(session(play(1, { 6: 'Title 1A', 7: 'rtist 1' })))).not.toBe(
      identityOf(session(play(1, { 6: 'Title 1', 7: 'Artist 1' }))),
    )
  })

  it('has no folder in its identity, so that nobody can try folders against its hash', () => {
    const of = (folder: string) =>
      readSeratoSession(session(play(1, { 2: `${folder}/1.mp3`, 3: folder, 17: folder }))).identity
    expect(of('/Users/anna')).toEqual(of('/Users/bert'))
  })
})

describe('a damaged session file', () => {
  it('goes on after a run of NULs, which is no damage', () => {
    for (const nuls of [1, 3, 4, 5000]) {
      const bytes = session(play(1), new Uint8Array(nuls), play(2), new Uint8Array(nuls))
      expect(readSeratoSession(bytes)).toMatchObject({ plays: [{ row: 1 }, { row: 2 }], problems: [] })
    }
  })

  it('deletes a row after a run of NULs', () => {
    expect(rowsOf(session(play(1), play(2), new Uint8Array(64), deletion(1)))).toEqual([2])
  })

  it('loses only the record that NULs were written into', () => {
    const bytes = session(play(1), play(2), play(3))
    const second = version().length + play(1).length
    bytes.fill(0, second, second + 100)
    expect(rowsOf(bytes)).toEqual([1, 3])
    expect(readSeratoSession(bytes).problems).toMatchObject([{ code: 'not-a-chunk' }])
  })

  it('goes on after a chunk of more than 1 MiB, although the file is that long', () => {
    const long = chunk('oent', new Uint8Array(1024 * 1024 + 1))
    expect(rowsOf(session(play(1), long, play(2)))).toEqual([1, 2])
    expect(codesOf(session(play(1), long, play(2)))).toEqual(['chunk-too-long'])
  })

  it('tells where a record was cut off, and keeps what stands before it', () => {
    const whole = session(play(1), play(2))
    const bytes = whole.subarray(0, whole.length - 1)
    const { plays, problems } = readSeratoSession(bytes)
    expect(plays.map(({ row }) => row)).toEqual([1])
    expect(problems).toMatchObject([{ code: 'chunk-cut-off', offsetBytes: version().length + play(1).length }])
  })

  it.each([
    ['outer', 4],
    ['inner', 12],
  ])('keeps a record whose %s length is wrong, and all after it', (_, at) => {
    for (const wrong of [0, 9, 4000, 0x7fffffff]) {
      const bytes = session(play(1), play(2), play(3))
      bytes.set(u32(wrong), version().length + play(1).length + at)
      expect(rowsOf(bytes)).toEqual([1, 2, 3])
      expect(codesOf(bytes)).toEqual(['lengths-disagree'])
    }
  })

  it('does not take the next record for a field when a length has grown by exactly that much', () => {
    const bytes = session(play(1), play(2), play(3))
    const both = play(2).length + play(3).length
    bytes.set(u32(both - 8), version().length + play(1).length + 4)
    bytes.set(u32(both - 16), version().length + play(1).length + 12)
    expect(rowsOf(bytes)).toEqual([1, 3])
    expect(codesOf(bytes)).toEqual(['record-damaged'])
  })

  it('keeps the earlier record of a row when the later one is damaged', () => {
    const later = play(1, { 6: 'Later' })
    later.set(u32(0xffff), 8 + 8 + 4)
    const { plays } = readSeratoSession(session(play(1), later, play(2)))
    expect(plays.map(({ row, tags }) => [row, tags.title])).toEqual([
      [1, 'Title 1'],
      [2, 'Title 2'],
    ])
  })

  it('passes over chunks that it does not know', () => {
    const bytes = session(chunk('what', utf16('oent')), play(1), chunk('ocol', u32(0)), play(2))
    expect(rowsOf(bytes)).toEqual([1, 2])
    expect(codesOf(bytes)).toEqual(['chunk-unknown'])
  })

  it('tells of records and deletions that name no row', () => {
    const bytes = session(record({ 6: 'x' }), chunk('oren', u32(1)), chunk('oent', u32(1)), play(1))
    expect(rowsOf(bytes)).toEqual([1])
    expect(codesOf(bytes)).toEqual(['record-damaged', 'record-damaged', 'record-damaged'])
  })

  it('is given up after a thousand damaged places', () => {
    const bytes = session(play(1), ...Array.from({ length: 2000 }, () => chunk('oent', u32(1))), play(2))
    expect(rowsOf(bytes)).toEqual([1])
    expect(codesOf(bytes).at(-1)).toBe('too-damaged')
    expect(codesOf(bytes)).toHaveLength(1001)
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('name,artist\n"a","b"\n'.repeat(100))],
    ['a crate', bytesOf(version('1.0/Serato ScratchLive Crate'), chunk('otrk', utf16('x')))],
    ['NULs', new Uint8Array(10_000)],
  ])('is told from %s', (_, bytes) => {
    expect(readSeratoSession(bytes)).toMatchObject({ isSession: false, plays: [] })
  })

  it('is a session file when it has no record yet', () => {
    expect(readSeratoSession(session())).toMatchObject({ isSession: true, plays: [], problems: [] })
  })
})
