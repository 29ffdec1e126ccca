/**
 * All that a log line can hold: the fields and the messages on these lists, and nothing else. What is not here is
 * dropped, whoever logs it: this program, a library, or an error that quotes what it stumbled over. No field takes free
 * text, and none takes an address of a caller (PRIVACY, "Never kept").
 *
 * A new field or message is a line here; a test holds the calls in the code against the lists.
 * @module
 */
import { describeError } from './describe-error.ts'

/** The value that is written, or `undefined` where it is not of the field's kind: the field is then left out. */
type Reader = (value: unknown) => unknown

const matching =
  (pattern: RegExp): Reader =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined

const number: Reader = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
/** A word out of a closed set of the code: no dots and no colons, so no address and no host. */
const code = matching(/^[A-Za-z][\w-]{0,63}$/)
const slug = matching(/^[a-z0-9]+(-[a-z0-9]+){0,15}$/)

/** An error is described; its class alone may stand in its place. */
const error: Reader = (value) => (typeof value === 'string' ? code(value) : describeError(value))

const genres: Reader = (value) =>
  Array.isArray(value)
    ? value.slice(0, 20).map((entry: unknown) => {
        const { genre, djs } = Object(entry) as { genre?: unknown; djs?: unknown } // read with care, whatever it is
        return { genre: slug(genre), djs: number(djs) }
      })
    : undefined

/** Ids of requests, as their answers carried them. */
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const requestIds: Reader = (value) =>
  Array.isArray(value) ? value.slice(0, 50).filter((id) => typeof id === 'string' && REQUEST_ID.test(id)) : undefined

export const logFields: Readonly<Record<string, Reader>> = {
  // A request. The pattern of its route, never its address, which names sessions and people.
  reqId: matching(REQUEST_ID),
  reqIds: requestIds,
  method: matching(/^[A-Z]{1,16}$/),
  route: matching(/^(none|\*|\/[\w/:.*-]{0,200})$/),
  status: number,
  milliseconds: number,
  // What went wrong. `err` is what libraries call it.
  code,
  reason: code,
  error,
  err: error,
  // Commands of the operator to the running process.
  operation: code,
  // Ingest.
  partition: number,
  offset: number,
  pauseMs: number,
  events: number,
  // Charts and merges.
  period: matching(/^\d{4}(-W\d\d|-\d\d)?$/),
  publish: number,
  hide: number,
  wait: number,
  keep: number,
  applied: number,
  suggested: number,
  genres,
  // Retention and erasure.
  erasures: number,
  sessions: number,
  postponed: number,
  rows: number,
  tables: number,
}

/** What stands in the place of a message that is not on the list. */
export const UNLISTED = 'a message that is not on the list'

export const logMessages: ReadonlySet<string> = new Set([
  'request',
  'request failed',
  'an export broke off',
  'the outcome of what an admin did could not be written',
  'what analysts asked could not be written, and waits',
  'serving',
  'the certificate was renewed',
  'the certificate cannot be renewed from its files',
  'an event went to the dead letters',
  'ingest waits for a dependency',
  'events stored',
  'another process has the batch now',
  'the event log lost events before ingest had them',
  'the service broke',
  'the service waits for a dependency',
  'the service is prepared',
  'this process does the job now',
  'another process does the job now',
  'a defect ends the process',
  'a command could not be answered',
  'a command met a defect',
  'a rotation of the contributor key waits for the store',
  'others can read the file of the master key',
  'something could not be closed',
  'the end took too long: not everything was closed',
  'a line of the Kafka client',
  'the brokers did not confirm',
  'the event log is consumed again after a pause',
  'event log trimmed',
  'the event log could not be trimmed',
  'ledger of erasures trimmed',
  'the ledger of erasures could not be trimmed',
  'tracks matched',
  'tracks could not be matched',
  'charts built',
  'charts could not be built',
  'retention kept',
  'erased',
  'erased again after a restore',
  'erasures could not be carried through',
  'which accounts are closed could not be read; the set of before holds',
  'retention could not be kept',
  'genres that the tree does not know',
  'genres that the tree does not know could not be read',
])

/** Of an object only what is listed, as its field has it. */
export function pickLogFields(given: object): Record<string, unknown> {
  const picked: Record<string, unknown> = {}
  for (const [name, read] of Object.entries(logFields)) {
    if (!Object.hasOwn(given, name)) continue
    const value = read((given as Record<string, unknown>)[name]) // an own property, as was just asked
    if (value !== undefined) picked[name] = value
  }
  return picked
}
