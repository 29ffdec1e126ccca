import { describe, expect, it } from 'vitest'
import { readSeratoHistory } from '#rules/serato/history-database.ts'
import { bytesOf, chunk, type Fields, historyRecord, u32, version } from './session-bytes.ts'

const entryOf = (fields: Fields) =>
  readSeratoHistory(bytesOf(version(), chunk('ocol', u32(0)), historyRecord({ 1: 86, ...fields }))).entries.get(86)

describe('a history database', () => {
  it('tells of each session its name, dates, software and id', () => {
    const entry = entryOf({
      41: 'Friday at the harbour',
      43: 1_600_000_000,
      44: 1_600_010_000n,
      45: 10_000,
      57: 'Serato DJ Pro',
      58: '3.2.1',
      59: 46_800,
      61: 100,
      62: '7f3c0c3e-0000-4000-8000-000000000001',
      63: 'A device',
    })
    expect(entry).toEqual({
      name: 'Friday at the harbour',
      startedAtSeconds: 1_600_000_000,
      endedAtSeconds: 1_600_010_000,
      softwareName: 'Serato DJ Pro',
      softwareVersion: '3.2.1',
      uuid: '7f3c0c3e-0000-4000-8000-000000000001',
    })
  })

  it.each(['13/02/2026', '2026-02-13 20:58', '2/13/26, 8:58 PM', '13.2.2026 8:58 p.m.'])(
    'has no name where the DJ left the date %s',
    (date) => expect(entryOf({ 41: date })).toEqual({}),
  )

  it('has the version in the name of the software, or a build that is a number', () => {
    expect(entryOf({ 57: 'Serato DJ Pro 2.4.1', 58: 77 })).toEqual({
      softwareName: 'Serato DJ Pro',
      softwareVersion: '2.4.1',
    })
    expect(entryOf({ 57: 'Serato DJ', 58: 77 })).toEqual({ softwareName: 'Serato DJ', softwareVersion: '77' })
  })

  it('leaves out what makes no sense', () => {
    expect(entryOf({ 41: 'x'.repeat(500), 43: 0, 44: 0xffffffffffffffffn, 57: '', 62: 'no/id' })).toEqual({})
  })

  it('is told from another file', () => {
    expect(readSeratoHistory(version()).isHistory).toBe(false)
  })
})
