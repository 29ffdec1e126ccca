/**
 * `npm run import`: uploads the history of DJ software. See {@link usage} in `command-line.ts`.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { runImport } from './run-import.ts'

process.exitCode = await runImport(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  fetch,
  sleep: (ms) => sleep(ms),
  now: Date.now,
  random: Math.random,
})
