import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until the answer is neither `undefined` nor `false`; fails after the limit. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = 60_000,
): Promise<T> {
  const until = Date.now() + limitMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > until) throw new Error(`waited ${limitMs} ms for ${what}`)
    await sleep(20)
  }
}
