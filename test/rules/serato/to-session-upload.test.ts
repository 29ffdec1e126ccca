import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '#rules/serato/history-database.ts'
import { readSeratoSession } from '#rules/serato/session-file.ts'
import { toSessionUpload } from '#rules/serato/to-session-upload.ts'
import { SessionUpload } from '#schemas/records/session.ts'
import { type Fields, play, record, session } from './session-bytes.ts'

const convert = (bytes: Uint8Array, fileName = '12.session', entry?: HistoryEntry) =>
  toSessionUpload(readSeratoSession(bytes), fileName, () => entry)

async function uploadOf(...args: Parameters<typeof convert>): Promise<SessionUpload> {
  const outcome = await convert(...args)
  if (outcome.kind === 'none') throw new Error(outcome.reason)
  return outcome.upload
}

describe('the session that is uploaded', () => {
  it('has the times of its plays, in UTC', async () => {
    const upload = await uploadOf(session(play(3), play(1), play(2)))
    expect(upload).toMatchObject({
      id: '86',
      software: { name: 'Serato DJ' },
      startedAt: '2020-09-13T12:28:20.000Z',
      endedAt: '2020-09-13T12:33:10.000Z',
      editedAt: '2020-09-13T12:33:10.000Z',
    })
    expect(upload.tracks[1]).toEqual({
      id: '1',
      deck: 1,
      played: true,
      startedAt: '2020-09-13T12:28:20.000Z',
      endedAt: '2020-09-13T12:29:50.000Z',
      playedSeconds: 90,
      editedAt: '2020-09-13T12:29:50.000Z',
      tags: { title: 'Title 1', artist: 'Artist 1', fileName: '1.mp3' },
    })
  })

  it('has 32 hex digits for its history, the same when the file has grown', async () => {
    const { historyId } = await uploadOf(session(play(1)))
    expect(historyId).toMatch(/^[0-9a-f]{32}$/)
    expect((await uploadOf(session(play(1), play(2)))).historyId).toBe(historyId)
    expect((await uploadOf(session(play(2)))).historyId).not.toBe(historyId)
  })

  it('has the number of its file where the records name no session', async () => {
    const nameless = session(record({ 1: 1, 6: 'x', 28: 1_600_000_000 }))
    expect((await uploadOf(nameless, '12.session')).id).toBe('12')
    const upload = await uploadOf(nameless, 'copy.session')
    expect(upload.id).toBe(upload.historyId)
  })

  it('has what the history database knows', async () => {
    const entry = { name: 'Harbour', uuid: 'uuid-0001', softwareName: 'Serato DJ Pro', softwareVersion: '3.2.1' }
    expect(await uploadOf(session(play(1)), '86.session', entry)).toMatchObject({
      historyId: 'uuid-0001',
      name: 'Harbour',
      software: { name: 'Serato DJ Pro', version: '3.2.1' },
    })
  })

  it('starts when the history database says where no play has a time', async () => {
    const timeless = session(record({ 1: 1, 6: 'x', 48: 86 }))
    const entry = { startedAtSeconds: 1_600_000_000, endedAtSeconds: 1_500_000_000 }
    const upload = await uploadOf(timeless, '86.session', entry)
    expect(upload.startedAt).toBe('2020-09-13T12:26:40.000Z')
    expect(upload).not.toHaveProperty('endedAt')
    expect(await convert(timeless)).toEqual({ kind: 'none', reason: 'no-start-time' })
  })

  it('is none for a file without plays, with too many, or of another kind', async () => {
    expect(await convert(session())).toEqual({ kind: 'none', reason: 'no-plays' })
    expect(await convert(new Uint8Array(100))).toEqual({ kind: 'none', reason: 'not-a-serato-file' })
    const long = session(...Array.from({ length: 5001 }, (_, row) => play(row + 1)))
    expect(await convert(long)).toEqual({ kind: 'none', reason: 'too-many-tracks' })
  })

  it('is what the schema of the server asks for, whatever the fields hold', async () => {
    const validator = Compile(SessionUpload)
    const value = fc.oneof(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.boolean(),
      fc.double().map((double) => ({ double })),
    )
    const fields: fc.Arbitrary<Fields> = fc.dictionary(
      fc.constantFrom('2', '4', '6', '10', '11', '13', '14', '15', '16', '23', '28', '29', '31', '45', '50', '53'),
      value,
    )
    await fc.assert(
      fc.asyncProperty(fields, async (damaged) => {
        const outcome = await convert(session(play(1, damaged), play(2)))
        if (outcome.kind === 'none') throw new Error(outcome.reason)
        expect([...validator.Errors(outcome.upload)]).toEqual([])
        for (const { startedAt, endedAt } of outcome.upload.tracks) {
          if (startedAt !== undefined && endedAt !== undefined) expect(endedAt >= startedAt).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
