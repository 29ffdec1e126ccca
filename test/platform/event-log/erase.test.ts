import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog, Position } from '#platform/event-log/event-log.ts'
import { event, take, textOf } from '../../contract/event-log/event-log-contract.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const MARK = 'mark-of-anna'

function openLog(folder: string): EventLog {
  const log = openEmbeddedEventLog({ folder, clock: Date.now, batchRecordsMax: 10_000 })
  onTestFinished(() => log.close())
  return log
}

/** Whether the text lies in any file below the folder. */
function holds(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text))
}

/** Appends events of two owners in turn, has them handed over, and answers the position behind them. */
async function fill(log: EventLog, count: number): Promise<Position> {
  const events = Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? event('anna', `${MARK}-${index}-${'x'.repeat(300)}`) : event('bert', `${index}`),
  )
  await log.append(events)
  await take(log, count)
  const [end] = await log.append([event('bert', 'end')])
  await take(log, 1)
  if (end === undefined) throw new Error('nothing was appended')
  return end
}

describe('the embedded event log, erasing', () => {
  it('leaves no byte of what an owner sent in its files', async () => {
    const folder = temporaryFolder()
    const log = openLog(folder)
    const before = await fill(log, 2_000)
    expect(holds(folder, MARK)).toBe(true)
    await log.erase([{ owner: 'anna', beforeOffset: before.offset }])
    expect(holds(folder, MARK)).toBe(false)
  })

  it('keeps what comes while it erases, and goes on behind it after a new start', async () => {
    const folder = temporaryFolder()
    const log = openLog(folder)
    const before = await fill(log, 4_000)
    const erasing = log.erase([{ owner: 'anna', beforeOffset: before.offset }])
    const appends = Array.from({ length: 200 }, (_, index) => log.append([event('cleo', `later ${index}`)]))
    await Promise.all([erasing, ...appends])
    const later = (await take(log, 200)).map(textOf)
    expect(new Set(later).size).toBe(200)
    await log.close()
    const again = openLog(folder)
    expect(await again.lag('ingest')).toBe(0)
    const [position] = await again.append([event('bert', 'after')])
    expect(position?.offset).toBe(before.offset + 201)
    expect((await take(again, 1)).map(textOf)).toEqual(['after'])
  })

  it('erases again and again, each time into files of their own, and keeps only the last', async () => {
    const folder = temporaryFolder()
    const log = openLog(folder)
    for (const _ of [1, 2, 3]) await log.erase([{ owner: 'anna', beforeOffset: (await fill(log, 50)).offset }])
    expect(readdirSync(folder).filter((name) => name !== 'current')).toHaveLength(1)
    expect(holds(folder, MARK)).toBe(false)
  })

  it('removes at its start what a compaction left that broke off', async () => {
    const folder = temporaryFolder()
    const log = openLog(folder)
    await fill(log, 10)
    await log.close()
    mkdirSync(join(folder, 'compacted-broken'))
    writeFileSync(join(folder, 'compacted-broken', 'data.mdb'), 'half a copy')
    const again = openLog(folder)
    expect(readdirSync(folder)).not.toContain('compacted-broken')
    expect(await again.lag('ingest')).toBe(0)
  })

  it('removes nothing that is not behind every group', async () => {
    const log = openLog(temporaryFolder())
    await log.append([event('anna', '1')])
    await log.erase([{ owner: 'anna', beforeOffset: 1 }])
    expect((await take(log, 1)).map(textOf)).toEqual(['1'])
  })
})
