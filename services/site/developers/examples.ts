/**
 * The examples of the docs, read from files that tests run.
 * @module
 */
import { readFileSync } from 'node:fs'

const names = ['send-session.sh', 'send-sessions.mjs', 'read-sessions.sh', 'read-chart.mjs'] as const

export type ExampleName = (typeof names)[number]

export const examples: ReadonlyMap<ExampleName, string> = new Map(
  names.map((name) => [name, readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8')]),
)
