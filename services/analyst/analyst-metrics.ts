/**
 * What the service of analysts counts for `/metrics`.
 * @module
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { StatementEnd } from './analyst-engine.ts'
import type { Places } from './places.ts'

/** Exceptions of ClickHouse that an operator looks at; the others are an analyst's own. */
const outcomes: ReadonlyMap<number, string> = new Map([
  [0, 'answered'],
  [159, 'too-slow'],
  [202, 'too-many'],
  [210, 'store-unavailable'],
  [241, 'too-much-memory'],
  [497, 'denied'],
])

/** Counts a statement that has ended. */
export function createAnalystMetrics(registry: Registry, places: Places): (end: StatementEnd) => void {
  const registers = [registry]
  const statements = new Counter({
    name: 'tonearm_analyst_statements_total',
    help: 'Statements of analysts, by how they ended',
    labelNames: ['outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'tonearm_analyst_seconds',
    help: 'Time from a statement to the end of its answer',
    buckets: [0.01, 0.05, 0.2, 1, 5, 30, 120],
    registers,
  })
  new Gauge({
    name: 'tonearm_analyst_running',
    help: 'Statements that have a place, those among them that the engine has not broken off yet',
    registers,
    collect() {
      this.set(places.taken)
    },
  })
  return ({ code, milliseconds }) => {
    statements.inc({ outcome: outcomes.get(code) ?? 'refused' })
    seconds.observe(milliseconds / 1000)
  }
}
