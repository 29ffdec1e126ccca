/**
 * What every benchmark is given, and gives.
 * @module
 */
import type { Child, Commands } from './child-process.ts'
import type { Figure } from './figures.ts'
import type { Sizes } from './sizes.ts'

export interface BenchRun {
  readonly sizes: Sizes
  /** Starts a file under `children/`; it is ended with the benchmark. */
  start<C extends Commands>(file: string): Child<C>
  /** A new empty folder; it goes with the run. */
  newFolder(): string
  /** Says what is going on. */
  note(text: string): void
}

export type Bench = (run: BenchRun) => Promise<Figure[]>
