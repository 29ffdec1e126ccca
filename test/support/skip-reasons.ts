import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

/** Parts that a machine may lack, the folder of the tests that need each, and what to say where it is missing. */
const optionalParts = [
  { name: 'data', folder: 'test/data/', missing: 'the data folder beside the project (../shared/data) is not there' },
]

/**
 * Says at the end of a run how many tests each file skipped, and why. Tests that are skipped without a reason, or that
 * need a part that `TONEARM_REQUIRE` names, fail the run.
 */
export function createSkipReasons(write: (line: string) => void, required = process.env['TONEARM_REQUIRE']): Reporter {
  const requiredParts = (required ?? '').split(',')
  return {
    onTestRunEnd(modules) {
      for (const module of modules) {
        const file = relative(module.project.config.root, module.moduleId)
        const part = optionalParts.find(({ folder }) => file.startsWith(folder))
        for (const [note, count] of skippedTests(module)) {
          const reason = note ?? part?.missing
          const isRequired = part !== undefined && requiredParts.includes(part.name)
          if (reason === undefined || isRequired) process.exitCode = 1
          write(` Skipped  ${file}: ${count} tests, for ${reason ?? 'no reason that is given, so this run failed'}\n`)
        }
      }
    },
  }
}

/** How many tests of a file were skipped, by the note that they gave (`context.skip(note)`). */
function skippedTests(module: TestModule): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>()
  for (const test of module.children.allTests('skipped')) {
    const result = test.result()
    const note = result.state === 'skipped' ? result.note : undefined
    counts.set(note, (counts.get(note) ?? 0) + 1)
  }
  return counts
}
