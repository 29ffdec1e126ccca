/**
 * `npm run bench`: measures Tonearm side by side with baselines, in one run, and prints a table of ratios (docs/bench.md).
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench } from './bench-run.ts'
import { measureChartBuild } from './chart-build.ts'
import { type Child, type Commands, startChild } from './child-process.ts'
import { measureDistributed } from './distributed.ts'
import { measureErasure } from './erasure.ts'
import { type Figure, toTable } from './figures.ts'
import { measureIdentity } from './identity.ts'
import { measureIngest } from './ingest.ts'
import { measurePages } from './pages.ts'
import { measureService } from './service.ts'
import { defaultSizes, quickSizes, scaled } from './sizes.ts'
import { measureSql } from './sql.ts'
import { measureUploads } from './uploads.ts'

const benches: Readonly<Record<string, Bench>> = {
  uploads: measureUploads,
  ingest: measureIngest,
  identity: measureIdentity,
  charts: measureChartBuild,
  pages: measurePages,
  service: measureService,
  erasure: measureErasure,
  sql: measureSql,
  distributed: measureDistributed,
}

const usage = `npm run bench -- [--json FILE] [--only ${Object.keys(benches).join('|')}[,…]] [--quick] [--scale FACTOR] [--profile FOLDER]`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean' },
      scale: { type: 'string', default: '1' },
      profile: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const wanted = values.only?.split(',') ?? Object.keys(benches)
  const chosen = Object.entries(benches).filter(([name]) => wanted.includes(name))
  const factor = Number(values.scale)
  if (values.help === true || chosen.length < wanted.length || !(factor > 0)) {
    console.error(usage)
    process.exitCode = values.help === true ? 0 : 1
    return
  }
  const sizes = scaled(values.quick === true ? quickSizes : defaultSizes, factor)
  const nodeArguments = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
  const figures: Figure[] = []
  for (const [name, bench] of chosen) {
    console.error(`${name} …`)
    try {
      figures.push(...(await runBench(bench, sizes, nodeArguments)))
    } catch (cause) {
      // What the others measure is worth no less.
      console.error(cause)
      process.exitCode = 1
    }
  }
  console.log(toTable(figures))
  if (values.json !== undefined) {
    const machine = { node: process.version, processors: availableParallelism() }
    writeFileSync(values.json, `${JSON.stringify({ machine, sizes, figures }, undefined, 2)}\n`)
  }
}

/** Runs one benchmark; whatever it started and wrote is gone afterwards. */
async function runBench(bench: Bench, sizes: typeof defaultSizes, nodeArguments: readonly string[]): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Its processes end when this one is gone; the folder has to be cleared away by hand.
  const interrupted = () => {
    remove()
    process.exit(130)
  }
  process.once('SIGINT', interrupted)
  const children: { end(): Promise<void> }[] = []
  try {
    return await bench({
      sizes,
      start<C extends Commands>(file: string): Child<C> {
        const child = startChild<C>(new URL(`./children/${file}`, import.meta.url), nodeArguments)
        children.push(child)
        return child
      },
      newFolder: () => mkdtempSync(join(folder, 'part-')),
      note: (text) => console.error(`  ${text}`),
    })
  } finally {
    await Promise.all(children.map((child) => child.end()))
    process.off('SIGINT', interrupted)
    remove()
  }
}

main().catch((cause: unknown) => {
  console.error(cause)
  process.exitCode = 1
})
