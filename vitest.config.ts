import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // The engine takes one folder a process, so each test file has a process of its own.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
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
