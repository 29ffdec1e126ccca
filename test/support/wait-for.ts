import { setTimeout as sleep } from 'node:timers/promises'

/** Between two questions, ms: short at first, and longer the longer it takes, for asking costs what is waited for its time. */
const PAUSE_MS = { first: 20, most: 100, growth: 1.25 }

/** Asks again and again until the answer is neither `undefined` nor `false`; fails after the limit. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = 60_000,
): Promise<T> {
  const until = Date.now() + limitMs
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(PAUSE_MS.most, pauseMs * PAUSE_MS.growth)) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > until) throw new Error(`waited ${limitMs} ms for ${what}`)
    await sleep(pauseMs)
  }
}
