import { defineConfig } from 'vitest/config'
import { createSkipReasons } from './test/support/skip-reasons.ts'

/** `.ci/run` counts what passed and failed from the report that it asks for here. */
const reportFile = process.env['TONEARM_TEST_REPORT']

/** Tests against a real broker; they are left out where there is none (test/support/optional-parts.ts). */
const kafkaTests = ['test/kafka/**/*.test.ts', 'test/**/*.kafka.test.ts']

/** Tests in a real browser; left out in the same way. */
const browserTests = ['test/browser/**/*.test.ts']

export default defineConfig({
  test: {
    // The engine takes one folder a process, so each test file has a process of its own.
    pool: 'forks',
    globalSetup: 'test/support/bundled-programs.ts',
    maxWorkers: 2,
    // What hangs is found; how long anything takes is for benchmarks to say.
    testTimeout: 300_000,
    hookTimeout: 300_000,
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
        test: {
          name: 'main',
          include: ['test/**/*.test.ts'],
          exclude: ['test/data/**', ...browserTests, ...kafkaTests],
        },
      },
      {
        extends: true,
        test: { name: 'data', include: ['test/data/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browserTests,
          globalSetup: ['test/support/bundled-programs.ts', 'test/browser/demo/start-demo.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'kafka',
          include: kafkaTests,
          // Each starts a dozen processes, so they come after the others, one after the other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
