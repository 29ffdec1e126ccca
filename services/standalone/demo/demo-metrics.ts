/**
 * What the demo asks `/metrics`: how far ingest and the charts are.
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { DemoClient } from './demo-client.ts'

const ASK_EVERY_MS = 200

/** Asks again and again until the answer is `true`. Rejects when `signal` aborts. */
export async function until(condition: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await condition())) await delay(ASK_EVERY_MS, undefined, { signal })
}

/** The sum of a metric over its labels; 0 where it has none yet. */
export async function readMetric(client: DemoClient, name: string): Promise<number> {
  const text = (await client.read('/metrics')) ?? ''
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}
