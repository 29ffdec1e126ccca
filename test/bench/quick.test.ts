import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runProgram } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { Figure } from './figures.ts'

/** All that `docs/bench.md` explains, by the benchmark that it comes from. */
const names = [
  'identity: identify, time of a line',
  'identity: naming the track of a play, nothing remembered',
  'uploads: uploads a second',
  'uploads: processor time of an upload',
  'ingest: ingest, plays a second',
  'ingest: ingest, processor time of a play',
  'charts: building all charts of a week',
  'pages: chart as JSON, requests a second',
  'pages: chart as a page, requests a second',
  'service: peak memory of uploading and ingesting',
  'service: longest pause of the event loop meanwhile',
  'service: uploads while charts are built, median time',
  'service: uploads while charts are built, 99th percentile',
  'erasure: time from the request until nothing is left on disk',
  'erasure: time from the request to complete',
]

// It starts a dozen processes, each with an engine or a server in it.
const LIMIT_MS = 240_000

it(
  'measures every figure in its quick form, prints them as a table and writes them as JSON',
  async () => {
    const file = join(temporaryFolder(), 'figures.json')
    const { status, stdout, stderr } = await runProgram('test/bench/main.ts', ['--quick', '--json', file])
    expect(status, stderr).toBe(0)

    const { figures } = JSON.parse(readFileSync(file, 'utf8')) as { figures: Figure[] }
    expect([...new Set(figures.map(({ bench, name }) => `${bench}: ${name}`))].sort()).toEqual([...names].sort())
    for (const { ratio, measured, baseline, size, against } of figures) {
      expect(ratio).toBeCloseTo(measured.value / baseline.value)
      expect([ratio, measured.value, baseline.value].filter((value) => !Number.isFinite(value) || value <= 0)).toEqual(
        [],
      )
      expect([size, against]).not.toContain('')
    }
    const rows = stdout.split('\n').filter((line) => line.startsWith('|'))
    expect(rows).toHaveLength(figures.length + 2)
  },
  LIMIT_MS,
)

it('says how it is used when it is asked for a benchmark that there is none of', async () => {
  const { status, stderr } = await runProgram('test/bench/main.ts', ['--only', 'nothing'])
  expect(status).toBe(1)
  expect(stderr).toContain('--only uploads|ingest|identity|charts|pages|service')
})
