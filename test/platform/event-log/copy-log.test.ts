import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEmbeddedEventLog, renewLogIdentity } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const openLog = (folder: string) => openEmbeddedEventLog({ folder, clock: () => 1_000, batchRecordsMax: 3 })
const eventOf = (number: number) => ({ owner: 'owner', payload: Buffer.from(String(number)) })

/** Hands over one batch, keeps its position, and answers what was in it. */
async function takeBatch(log: EventLog): Promise<string[]> {
  const stop = new AbortController()
  const taken: string[] = []
  const handle = async ({ records }: { readonly records: readonly { readonly payload: Uint8Array }[] }) => {
    taken.push(...records.map(({ payload }) => Buffer.from(payload).toString()))
    stop.abort()
  }
  await log.consume('ingest', handle, stop.signal)
  return taken
}

function copyFolder(): string {
  const folder = join(temporaryFolder(), 'copy')
  mkdirSync(folder)
  return folder
}

describe('a copy of the embedded log', () => {
  it('holds what was confirmed, and hands over again what was taken while it was made', async () => {
    const log = openLog(join(temporaryFolder(), 'log'))
    await log.append([1, 2, 3, 4, 5].map(eventOf))
    expect(await takeBatch(log)).toEqual(['1', '2', '3'])
    const to = copyFolder()
    const copying = log.copyTo(to)
    expect(await takeBatch(log)).toEqual(['4', '5'])
    await copying
    await log.append([eventOf(6)])

    const copy = openLog(to)
    expect(await copy.lag('ingest')).toBe(2)
    expect(await takeBatch(copy)).toEqual(['4', '5'])
    expect((await copy.identity()).endOffsets).toEqual([5])
    await copy.close()
    await log.close()
  })

  it('takes appends of the log while it is made, and is closed only when it is done', async () => {
    const log = openLog(join(temporaryFolder(), 'log'))
    await log.append(Array.from({ length: 2_000 }, (_, number) => eventOf(number)))
    const to = copyFolder()
    const copying = log.copyTo(to)
    await log.append([eventOf(2_000)])
    await Promise.all([copying, log.close()])
    const copy = openLog(to)
    expect((await copy.identity()).endOffsets[0]).toBeGreaterThanOrEqual(2_000)
    await copy.close()
  })

  it('becomes a log of its own under another identity', async () => {
    const log = openLog(join(temporaryFolder(), 'log'))
    await log.append([eventOf(1)])
    const to = copyFolder()
    await log.copyTo(to)
    const { id } = await log.identity()
    await renewLogIdentity(to, () => 'another')
    const copy = openLog(to)
    expect(id).not.toBe('another')
    expect(await copy.identity()).toEqual({ id: 'another', endOffsets: [1] })
    await copy.close()
    await log.close()
  })
})
