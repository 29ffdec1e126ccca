import { defineConfig } from 'vitest/config'
import { createSkipReasons } from './test/support/skip-reasons.ts'

/** `.ci/run` counts what passed and failed from the report that it asks for here. */
const reportFile = process.env['TONEARM_TEST_REPORT']

export default defineConfig({
  test: {
    // The engine takes one folder a process, so each test file has a process of its own.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: [
      'default',
      createSkipReasons((line) => process.stdout.write(line)),
      ...(reportFile === undefined ? [] : [['json', { outputFile: reportFile }] satisfies ['json', object]]),
    ],
    // A test that was narrowed to for a moment must not leave the others out of CI.
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: { name: 'main', include: ['test/**/*.test.ts'], exclude: ['test/data/**'] },
      },
      {
        extends: true,
        test: { name: 'data', include: ['test/data/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
