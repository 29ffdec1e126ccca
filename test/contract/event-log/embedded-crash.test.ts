import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { event, take, textOf } from './event-log-contract.ts'

const RUNS = 10

const appendUntilKilled = fileURLToPath(new URL('append-until-killed.ts', import.meta.url))
const appendToFullDisk = fileURLToPath(new URL('append-to-full-disk.ts', import.meta.url))

describe('event log: embedded, when things break', () => {
  it('has every confirmed event once, and whole requests only, after SIGKILL at any moment', async () => {
    const folder = join(temporaryFolder(), 'log')
    const confirmed = new Map<number, string>()
    // Another number of confirmations before each kill; what is under way at that moment differs anyway.
    const killAfter = fc.sample(fc.integer({ min: 1, max: 150 }), { numRuns: RUNS, seed: 20260213 })
    for (const [run, linesMax] of killAfter.entries()) {
      for (const line of await appendAndKill(folder, `${run}`, linesMax)) {
        const [owner, request, ...offsets] = line.split(' ')
        offsets.forEach((offset, index) => {
          expect(confirmed.has(Number(offset))).toBe(false)
          confirmed.set(Number(offset), `${run}/${owner}/${request}/${index}`)
        })
      }
    }
    const log = openEmbeddedEventLog({ folder, clock: Date.now })
    const records = await take(log, await log.lag('ingest'))
    expect(await log.lag('ingest')).toBe(0)
    await log.close()

    const found = new Map(records.map((record) => [record.offset, textOf(record).trimEnd()]))
    expect(confirmed.size).toBeGreaterThanOrEqual(RUNS * 3)
    for (const [offset, name] of confirmed) expect(found.get(offset)).toBe(name)
    const names = [...found.values()]
    expect(new Set(names).size).toBe(records.length)
    const requests = new Map<string, string[]>()
    for (const name of names) {
      const request = name.slice(0, name.lastIndexOf('/'))
      requests.set(request, [...(requests.get(request) ?? []), name])
    }
    for (const parts of requests.values()) expect(parts).toHaveLength(3)
  })

  it('refuses events that the disk has no room for, keeps what it confirmed, and goes on when there is room', async () => {
    const folder = join(temporaryFolder(), 'log')
    // 4 MiB a file (blocks of 1,024 or, in some shells, 512 bytes); without the signal that goes with it.
    const command = `trap '' XFSZ; ulimit -f 4096; exec "$0" "$@"`
    const child = spawn('bash', ['-c', command, process.execPath, '--import', 'tsx', appendToFullDisk, folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
    const { confirmed, code, endOffset, lag } = JSON.parse(said)
    expect(code).toBe('log-unavailable')
    expect(confirmed).toBeGreaterThan(5)
    expect([endOffset, lag]).toEqual([confirmed, confirmed])

    const log = openEmbeddedEventLog({ folder, clock: Date.now })
    await log.append([event('anna', 'after')])
    const records = await take(log, confirmed + 1)
    await log.close()
    expect(records).toHaveLength(confirmed + 1)
    expect(textOf(records.at(-1))).toBe('after')
  })
})

/** Lets a process append until it has confirmed so many requests, kills it, and answers all that it has confirmed. */
async function appendAndKill(folder: string, run: string, linesMax: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', appendUntilKilled, folder, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === linesMax) child.kill('SIGKILL')
  }
  const [code, signal] = await closed
  expect([code, signal]).toEqual([null, 'SIGKILL'])
  return lines
}
