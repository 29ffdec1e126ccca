/**
 * What the importer needs of its surroundings; only `main.ts` takes the real ones.
 * @module
 */
import type { LineStream } from './progress.ts'

export interface ImportDependencies {
  readonly stdout: LineStream
  readonly stderr: LineStream
  readonly fetch: typeof fetch
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
  /** From 0 to 1. */
  readonly random: () => number
}
