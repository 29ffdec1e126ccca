/**
 * Splits a body into the sessions it holds: one session, `{"sessions":[…]}`, or NDJSON.
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { HttpProblem } from '#platform/http/problem.ts'
import { SESSIONS_PER_REQUEST_MAX } from '#schemas/records/session.ts'
import { isObject } from './examine-session.ts'
import { mayHoldUnusableText } from './text.ts'

export type BodyForm = 'json' | 'ndjson'

/** What stands at one place of the list, or on one line. */
export interface Entry {
  /** Place in the list, or line of the NDJSON, from 0. */
  readonly index: number
  /** The value; absent where the line could not be read. */
  readonly json?: { readonly value: unknown; readonly textsUsable: boolean }
}

const NEWLINE = 0x0a

/** The entries of a body. Throws `unreadable-body`, and `body-too-large` where there are too many. */
export function splitSessions(body: Buffer, form: BodyForm): Entry[] {
  return form === 'json' ? splitList(body) : splitLines(body)
}

/** The value of a body that is JSON. Throws `unreadable-body`. */
export function parseJsonBody(body: Buffer): { readonly value: unknown; readonly textsUsable: boolean } {
  const json = parseJson(body)
  if (json === undefined) throw new HttpProblem('unreadable-body')
  return json
}

function splitList(body: Buffer): Entry[] {
  const { value, textsUsable } = parseJsonBody(body)
  if (!isObject(value)) throw new HttpProblem('unreadable-body', { detail: 'The body is not a JSON object.' })
  if (!Object.hasOwn(value, 'sessions')) return [{ index: 0, json: { value, textsUsable } }]
  const { sessions } = value
  if (!Array.isArray(sessions)) {
    throw new HttpProblem('invalid-request', { errors: [{ path: '/sessions', message: 'must be a list' }] })
  }
  if (sessions.length > SESSIONS_PER_REQUEST_MAX) throw new HttpProblem('body-too-large')
  return sessions.map((session: unknown, index) => ({ index, json: { value: session, textsUsable } }))
}

function splitLines(body: Buffer): Entry[] {
  const entries: Entry[] = []
  let index = 0
  for (let start = 0; start < body.length; index++) {
    const newline = body.indexOf(NEWLINE, start)
    const end = newline === -1 ? body.length : newline
    const line = body.subarray(start, end)
    start = end + 1
    if (isBlank(line)) continue
    if (entries.length === SESSIONS_PER_REQUEST_MAX) throw new HttpProblem('body-too-large')
    const json = parseJson(line)
    entries.push(json === undefined ? { index } : { index, json })
  }
  return entries
}

function parseJson(bytes: Buffer): { readonly value: unknown; readonly textsUsable: boolean } | undefined {
  // Decoding would replace what is not UTF-8 and keep a text that nobody sent.
  if (!isUtf8(bytes)) return undefined
  const text = bytes.toString('utf8')
  try {
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
    return { value, textsUsable: !mayHoldUnusableText(text) }
  } catch {
    return undefined
  }
}

/** Only spaces, tabs and returns. */
function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
