import { existsSync } from 'node:fs'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../services/standalone/demo/command-line.ts'
import { createDemoProgress } from '../../services/standalone/demo/demo-progress.ts'
import { startDemo } from '../../services/standalone/demo/start-demo.ts'

/** Enough for a world chart of the newest week, and for little else; at a fixed time, so that it is always the same. */
const small = {
  environment: { PORT: '0' },
  seed: 3,
  djs: 20,
  weeks: 1,
  clock: () => Date.parse('2026-02-18T12:00:00Z'),
  logger: pino({ level: 'silent' }),
}

describe('the demo', () => {
  it('serves the charts of what it uploaded, tells how far it is, and leaves nothing behind', async () => {
    const told: string[] = []
    const progress = createDemoProgress({ write: (line) => told.push(line) })
    const demo = await startDemo({ ...small, progress, signal: new AbortController().signal })
    try {
      expect(demo.uploaded.plays).toBeGreaterThan(200)
      expect((await fetch(demo.charts)).status).toBe(200)
      const interesting = await demo.findInteresting()
      expect(interesting.map(({ what }) => what)).toContain('Playlist')
      for (const { address } of interesting) expect((await fetch(address)).status, address).toBe(200)
      expect(told.join('')).toContain('Upload: 20/20')
    } finally {
      await demo.close()
    }
    expect(existsSync(demo.folder)).toBe(false)
  })

  it('ends in the middle of the uploads, without a folder that stays', async () => {
    const interrupted = new AbortController()
    const progress = { stage: () => {}, update: () => interrupted.abort(), stop: () => {} }
    await expect(startDemo({ ...small, progress, signal: interrupted.signal })).rejects.toThrow()
  })

  it('is as large as asked for, and says what it does not understand', () => {
    expect(readCommandLine(['--djs', '40', '--weeks', '3'])).toEqual({ kind: 'start', size: { djs: 40, weeks: 3 } })
    for (const [args, message] of [
      [['--djs', '3'], '--djs must be a whole number from 20 to 10000'],
      [['--weeks', '1.5'], '--weeks must be a whole number from 1 to 104'],
      [['--dj', '40'], expect.stringContaining("Unknown option '--dj'")],
    ] as const) {
      expect(readCommandLine(args)).toEqual({ kind: 'misuse', message })
    }
  })
})
