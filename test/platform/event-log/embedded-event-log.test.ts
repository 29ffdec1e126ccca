import { join } from 'node:path'
import { open } from 'lmdb'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { event, take, textOf } from '../../contract/event-log/event-log-contract.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { waitFor } from '../../support/wait-for.ts'

const HOUR_MS = 3_600_000

describe('the embedded event log', () => {
  it('opens in a folder with a dot in its name, which it makes', async () => {
    const log = openLog({ folder: join(temporaryFolder(), 'deeper', 'tonearm.log') })
    await log.append([event('anna', '1')])
    expect(await take(log, 1)).toHaveLength(1)
  })

  it('hands over no more bytes at once than it should, but always one event', async () => {
    const log = openLog({ batchBytesMax: 3_000 })
    await log.append([1_000, 1_000, 5_000, 1_000].map((bytes) => event('anna', 'x'.repeat(bytes))))
    const sizes: number[] = []
    const ending = new AbortController()
    await log.consume(
      'ingest',
      async ({ records }) => {
        sizes.push(records.length)
        if ((await log.lag('ingest')) === records.length) ending.abort()
      },
      ending.signal,
    )
    expect(sizes).toEqual([2, 1, 1])
  })

  it('lets a second consumer of a group wait until the first has ended', async () => {
    const log = openLog()
    const [first, second] = [new AbortController(), new AbortController()]
    const seen: string[] = []
    const one = log.consume('ingest', async ({ records }) => void seen.push(`one ${records.length}`), first.signal)
    const two = log.consume('ingest', async ({ records }) => void seen.push(`two ${records.length}`), second.signal)
    await log.append([event('anna', '1')])
    await waitFor('the first consumer', () => seen.length === 1)
    first.abort()
    await one
    await log.append([event('anna', '2')])
    await waitFor('the second consumer', () => seen.length === 2)
    second.abort()
    await two
    expect(seen).toEqual(['one 1', 'two 1'])
  })

  it('keeps an event among the dead letters once, however often it is handed over', async () => {
    const log = openLog()
    await log.append([event('anna', '1')])
    const [record] = await take(log, 1)
    if (record === undefined) throw new Error('nothing was handed over')
    await log.deadLetter(record, 'unreadable', 'first')
    await log.deadLetter(record, 'unreadable', 'again')
    expect((await log.deadLetters(10)).map(({ detail }) => detail)).toEqual(['again'])
  })

  it('cuts a detail that is too long', async () => {
    const log = openLog()
    await log.append([event('anna', '1')])
    const [record] = await take(log, 1)
    if (record === undefined) throw new Error('nothing was handed over')
    await log.deadLetter(record, 'unreadable', 'ü'.repeat(100_000))
    expect((await log.deadLetters(1))[0]?.detail).toBe('ü'.repeat(10_000))
  })

  it('trims dead letters by their age as well', async () => {
    let nowMs = HOUR_MS
    const log = openLog({ clock: () => nowMs })
    await log.append([event('anna', 'old')])
    nowMs += HOUR_MS
    await log.append([event('anna', 'new')])
    for (const record of await take(log, 2)) await log.deadLetter(record, 'unreadable', '')
    expect(await log.trim(nowMs)).toBe(1)
    expect((await log.deadLetters(10)).map(textOf)).toEqual(['new'])
  })

  it('trims more events than one step takes', async () => {
    let nowMs = HOUR_MS
    const log = openLog({ clock: () => nowMs })
    await log.append(Array.from({ length: 1_700 }, (_, index) => event('anna', `${index}`)))
    await take(log, 1_700)
    nowMs += HOUR_MS
    expect(await log.trim(nowMs)).toBe(1_700)
  })

  it('trims on although the clock once ran years ahead', async () => {
    let nowMs = HOUR_MS
    const log = openLog({ clock: () => nowMs })
    nowMs = 100_000 * HOUR_MS
    await log.append([event('anna', 'from the future')])
    nowMs = 2 * HOUR_MS
    await log.append([event('anna', 'old')])
    await take(log, 2)
    nowMs = 4 * HOUR_MS
    expect(await log.trim(3 * HOUR_MS)).toBe(1)
  })

  it('refuses a log of a format that it does not know', async () => {
    const folder = temporaryFolder()
    const log = openEmbeddedEventLog({ folder, clock: Date.now })
    await log.close()
    const root = open({ path: folder, noSubdir: false, overlappingSync: false })
    await root.openDB({ name: 'facts', encoding: 'json' }).put('format', 99)
    await root.close()
    expect(() => openEmbeddedEventLog({ folder, clock: Date.now })).toThrow(/format 99/)
  })

  it('can be closed twice', async () => {
    const log = openLog()
    await log.close()
    await expect(log.close()).resolves.toBeUndefined()
    await expect(log.lag('ingest')).rejects.toMatchObject({ code: 'log-unavailable' })
  })
})

function openLog(options: { folder?: string; clock?: () => number; batchBytesMax?: number } = {}): EventLog {
  const log = openEmbeddedEventLog({ folder: join(temporaryFolder(), 'log'), clock: Date.now, ...options })
  onTestFinished(() => log.close())
  return log
}
