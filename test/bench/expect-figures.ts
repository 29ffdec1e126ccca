import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { bundledPrograms } from '../support/bundled-programs.ts'
import { runProgram } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { Figure } from './figures.ts'

/** Runs the benchmarks of these figures (`BENCH: NAME`) in their quick form, and expects just these, as a table and as JSON. */
export async function expectFigures(names: readonly string[]): Promise<void> {
  const file = join(temporaryFolder(), 'figures.json')
  const only = [...new Set(names.map((name) => name.split(':')[0]))].join(',')
  const args = ['--quick', '--only', only, '--json', file]
  const { status, stdout, stderr } = await runProgram('test/bench/main.ts', args, bundledPrograms())
  expect(status, stderr).toBe(0)

  const { figures } = JSON.parse(readFileSync(file, 'utf8')) as { figures: Figure[] }
  expect([...new Set(figures.map(({ bench, name }) => `${bench}: ${name}`))].sort()).toEqual([...names].sort())
  for (const { ratio, measured, baseline, size, against } of figures) {
    expect(ratio).toBeCloseTo(measured.value / baseline.value)
    expect([ratio, measured.value, baseline.value].filter((value) => !Number.isFinite(value) || value <= 0)).toEqual([])
    expect([size, against]).not.toContain('')
  }
  const rows = stdout.split('\n').filter((line) => line.startsWith('|'))
  expect(rows).toHaveLength(figures.length + 2)
}
