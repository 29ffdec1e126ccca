/**
 * NDJSON of tags → NDJSON of track ids: the key and the matching over all lines together.
 * @module
 */
import { RECORDS_MAX } from '#rules/identity/block-records.ts'
import { type IdentifiedTags, identifyTracks } from '#rules/identity/identify-tracks.ts'
import { readLine } from './read-line.ts'

/** A longer line is a bad one; what is kept of it is cut anyway. */
export const LINE_CHARS_MAX = 1_048_576

export interface LineProblem {
  /** From 1. */
  readonly line: number
  readonly problem: string
}

/** More lines than identity numbers. */
export class TooManyLinesError extends Error {
  readonly code = 'too-many-lines'
  constructor() {
    super(`More than ${RECORDS_MAX} lines: send them in parts.`)
  }
}

/**
 * One line of output for each line of input, in its order: `{"id","trackId"}`, with `error` and a `trackId` of null for a
 * bad line. Which lines are the same track is known only after the last, so nothing comes out before. Throws a
 * {@link TooManyLinesError}.
 */
export async function* identifyLines(
  chunks: AsyncIterable<Uint8Array>,
  report: (problem: LineProblem) => void,
): AsyncGenerator<string> {
  const ids: unknown[] = []
  const problems = new Map<number, string>()
  const tags: IdentifiedTags[] = []
  for await (const line of linesOf(chunks)) {
    if (ids.length === RECORDS_MAX) throw new TooManyLinesError()
    const read = line === undefined ? tooLong : readLine(line)
    if (read.kind === 'bad') {
      problems.set(ids.length, read.problem)
      report({ line: ids.length + 1, problem: read.problem })
    }
    ids.push(read.id)
    tags.push(read.kind === 'tags' ? read.tags : {})
  }
  const trackIds = identifyTracks(tags)
  for (const [index, id] of ids.entries()) {
    const error = problems.get(index)
    yield `${JSON.stringify({ id, trackId: trackIds[index] ?? null, ...(error === undefined ? {} : { error }) })}\n`
  }
}

const tooLong = { kind: 'bad', id: null, problem: `longer than ${LINE_CHARS_MAX} characters` } as const

/** Lines without their ends; undefined for one that is too long, of which no more than the limit is held. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder()
  let held = ''
  let isTooLong = false
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      const line = held + part
      yield isTooLong || line.length > LINE_CHARS_MAX ? undefined : line
      held = ''
      isTooLong = false
    }
    held = isTooLong ? '' : held + last
    if (held.length > LINE_CHARS_MAX) {
      held = ''
      isTooLong = true
    }
  }
  held += decoder.decode()
  if (isTooLong) yield undefined
  else if (held !== '') yield held
}
