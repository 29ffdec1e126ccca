import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runProgram } from '../support/start-server.ts'
import { expectFigures } from './expect-figures.ts'

/** What `docs/bench.md` explains, by the benchmark that it comes from; the distributed one needs Kafka (quick.kafka.test.ts). */
const names = [
  'identity: identify, time of a line',
  'identity: naming the track of a play, nothing remembered',
  'uploads: uploads a second',
  'uploads: processor time of an upload',
  'ingest: ingest, plays a second',
  'ingest: ingest, processor time of a play',
  'charts: building all charts of a week',
  "charts: building the analysts' tables of a week",
  ...['chart as JSON', 'chart as a page', 'home page', 'track as a page'].flatMap((page) =>
    ['remembered', 'rendered each time'].map((how) => `pages: ${page}, ${how}, requests a second`),
  ),
  'service: peak memory of uploading and ingesting',
  'service: longest pause of the event loop meanwhile',
  'service: uploads while charts are built, median time',
  'service: uploads while charts are built, 99th percentile',
  'erasure: time from the request until nothing is left on disk',
  'erasure: time from the request to complete',
  ...readdirSync('docs/queries').map((file) => `sql: question: ${file.replace('.sql', '').replaceAll('-', ' ')}`),
]

it('measures every figure in its quick form, prints them as a table and writes them as JSON', async () => {
  await expectFigures(names)
})

it('says how it is used when it is asked for a benchmark that there is none of', async () => {
  const { status, stderr } = await runProgram('test/bench/main.ts', ['--only', 'nothing'])
  expect(status).toBe(1)
  expect(stderr).toContain('--only uploads|ingest|identity|charts|pages|service')
})
