/**
 * What became of a file, in a line. It repeats nothing out of the file but the session's id and times.
 * @module
 */

import type { ReadProblem } from '#rules/serato/read-problem.ts'
import type { FileOutcome, FileReason } from './read-files.ts'
import { count } from './tally.ts'

/** A file without a single play is whole and has nothing to send; every other reason is a refusal. */
export function isRefusal(reason: FileReason): boolean {
  return reason !== 'no-plays'
}

export function describeFile(outcome: FileOutcome): string {
  const problems = outcome.problems.length === 0 ? '' : `; ${describeProblems(outcome.problems)}`
  if (outcome.kind === 'none') {
    return `${outcome.path}: ${isRefusal(outcome.reason) ? 'refused' : 'skipped'}: ${outcome.reason}${problems}`
  }
  const { id, startedAt, endedAt, tracks } = outcome.upload
  const played = tracks.filter((track) => track.played !== false).length
  const when = endedAt === undefined ? startedAt : `${startedAt} to ${endedAt}`
  return `${outcome.path}: session ${id}, ${when}, ${count(tracks.length, 'track')}, ${played} played${problems}`
}

/** Each kind of problem once, with its number and its first place. */
export function describeProblems(problems: readonly ReadProblem[]): string {
  const kinds = new Map<string, { readonly first: ReadProblem; readonly times: number }>()
  for (const problem of problems) {
    const kind = kinds.get(problem.detail)
    kinds.set(problem.detail, { first: kind?.first ?? problem, times: (kind?.times ?? 0) + 1 })
  }
  return [...kinds.values()]
    .map(({ first, times }) =>
      times === 1
        ? `${first.code} at byte ${first.offsetBytes} (${first.detail})`
        : `${first.code} ${times} times, first at byte ${first.offsetBytes} (${first.detail})`,
    )
    .join('; ')
}
