/**
 * Counts what became of everything that was given, and says it in one line.
 * @module
 */

export function createTally() {
  let sentSessions = 0
  let sentPlays = 0
  let warnings = 0
  const skipped = new Map<string, number>()
  const refused = new Map<string, number>()
  let stopped: { readonly code: string; readonly filesLeft: number } | undefined

  return {
    sent(plays: number): void {
      sentSessions += 1
      sentPlays += plays
    },
    warned(values: number): void {
      warnings += values
    },
    skip: (reason: string) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
    refuse: (code: string) => void refused.set(code, (refused.get(code) ?? 0) + 1),
    /** The run ended before its end. */
    stop(code: string, filesLeft: number): void {
      stopped = { code, filesLeft }
    },
    isClean: () => refused.size === 0 && stopped === undefined,

    /** The last line of a run: what was sent, skipped and refused, and why. */
    line(isDryRun: boolean): string {
      const sent = `${isDryRun ? 'Would send' : 'Sent'} ${count(sentSessions, 'session')} (${count(sentPlays, 'track')})`
      const warned = warnings === 0 ? '' : `, with ${count(warnings, 'value')} left out by the server`
      const untried =
        stopped === undefined ? '' : `; stopped: ${stopped.code}, ${count(stopped.filesLeft, 'file')} not tried`
      return `${sent}${warned}; skipped: ${reasons(skipped)}; refused: ${reasons(refused)}${untried}.`
    },
  }
}

export type Tally = ReturnType<typeof createTally>

function reasons(counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  if (total === 0) return '0'
  return `${total} (${[...counts].map(([reason, n]) => `${reason} ${n}`).join(', ')})`
}

/** `1 session`, `2 sessions`. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
