import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { isRequired, type OptionalPart, optionalParts } from './optional-parts.ts'

/**
 * Says at the end of a run how many tests each file skipped, and why. Tests that are skipped without a reason, or that
 * need a part that `TONEARM_REQUIRE` names, fail the run.
 */
export function createSkipReasons(write: (line: string) => void, required = process.env['TONEARM_REQUIRE']): Reporter {
  return {
    onTestRunEnd(modules) {
      for (const module of modules) {
        const file = relative(module.project.config.root, module.moduleId)
        const part = optionalParts.find(({ isFor }) => isFor(file))
        for (const [note, count] of skippedTests(module)) {
          const reason = note ?? reasonOf(module, part)
          const isMissed = part !== undefined && isRequired(part.name, required)
          if (reason === undefined || isMissed) process.exitCode = 1
          write(` Skipped  ${file}: ${count} tests, for ${reason ?? 'no reason that is given, so this run failed'}\n`)
        }
      }
    },
  }
}

/** Why tests that say nothing themselves were skipped: for want of a part, or since a hook or a test of their file failed. */
function reasonOf(module: TestModule, part: OptionalPart | undefined): string | undefined {
  if (part?.isThere() === false) return part.missing
  return module.state() === 'failed' ? 'a failure in their file' : undefined
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
