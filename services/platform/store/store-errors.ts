/**
 * What the store's errors mean, whichever way they came: from the engine, from a server, from what stands between here and
 * a server, or from the network.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'

/**
 * Errors of ClickHouse that pass by themselves or when somebody sees to the server: time, memory, disk, network, too much
 * at once, replicas that are behind, a Keeper that is away, a server that starts or ends.
 * Source: `src/Common/ErrorCodes.cpp` of ClickHouse; a test holds the names against the engine.
 */
export const passingErrors = {
  TIMEOUT_EXCEEDED: 159,
  TOO_SLOW: 160,
  CANNOT_ALLOCATE_MEMORY: 173,
  DNS_ERROR: 198,
  QUOTA_EXCEEDED: 201,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  NO_FREE_CONNECTION: 203,
  CANNOT_FSYNC: 204,
  SOCKET_TIMEOUT: 209,
  NETWORK_ERROR: 210,
  NO_ZOOKEEPER: 225,
  NO_REPLICA_HAS_PART: 234,
  ABORTED: 236,
  MEMORY_LIMIT_EXCEEDED: 241,
  TABLE_IS_READ_ONLY: 242,
  NOT_ENOUGH_SPACE: 243,
  UNEXPECTED_ZOOKEEPER_ERROR: 244,
  TOO_MANY_PARTS: 252,
  NO_ACTIVE_REPLICAS: 254,
  NO_AVAILABLE_REPLICA: 265,
  ALL_CONNECTION_TRIES_FAILED: 279,
  TOO_FEW_LIVE_REPLICAS: 285,
  UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE: 286,
  REPLICA_IS_NOT_IN_QUORUM: 289,
  CANNOT_WRITE_TO_FILE: 294,
  SHARD_HAS_NO_CONNECTIONS: 297,
  UNKNOWN_STATUS_OF_INSERT: 319,
  UNFINISHED: 341,
  ALL_REPLICAS_ARE_STALE: 369,
  PART_IS_TEMPORARILY_LOCKED: 384,
  CANNOT_ASSIGN_OPTIMIZE: 388,
  QUERY_WAS_CANCELLED: 394,
  REPLICA_STATUS_CHANGED: 416,
  SYSTEM_ERROR: 425,
  CANNOT_SCHEDULE_TASK: 439,
  DEADLOCK_AVOIDED: 473,
  CANNOT_ASSIGN_ALTER: 517,
  NO_REMOTE_SHARD_AVAILABLE: 519,
  NOT_A_LEADER: 529,
  TOO_MANY_MUTATIONS: 692,
  ASYNC_LOAD_CANCELED: 696,
  USER_SESSION_LIMIT_EXCEEDED: 700,
  ASYNC_LOAD_WAIT_FAILED: 722,
  TABLE_IS_BEING_RESTARTED: 733,
  QUERY_WAS_CANCELLED_BY_CLIENT: 735,
  SERVER_OVERLOADED: 745,
  TCP_CONNECTION_LIMIT_REACHED: 749,
  HTTP_CONNECTION_LIMIT_REACHED: 762,
  TOO_MANY_UNAVAILABLE_SHARDS: 904,
  KEEPER_EXCEPTION: 999,
} as const satisfies Record<string, number>

/** Errors of a value that does not fit its column. Source as above. */
export const rowErrors = {
  CANNOT_PARSE_TEXT: 6,
  SIZE_OF_FIXED_STRING_DOESNT_MATCH: 19,
  CANNOT_PARSE_ESCAPE_SEQUENCE: 25,
  CANNOT_PARSE_QUOTED_STRING: 26,
  CANNOT_PARSE_INPUT_ASSERTION_FAILED: 27,
  CANNOT_PARSE_DATE: 38,
  CANNOT_PARSE_DATETIME: 41,
  TYPE_MISMATCH: 53,
  ARGUMENT_OUT_OF_BOUND: 69,
  CANNOT_CONVERT_TYPE: 70,
  CANNOT_PARSE_NUMBER: 72,
  INCORRECT_DATA: 117,
  FUNCTION_IS_SPECIAL: 129,
  CANNOT_READ_ARRAY_FROM_TEXT: 130,
  TOO_LARGE_STRING_SIZE: 131,
  SIZES_OF_ARRAYS_DONT_MATCH: 190,
  VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE: 321,
  CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN: 349,
  CANNOT_PARSE_UUID: 376,
  DECIMAL_OVERFLOW: 407,
  CANNOT_PARSE_BOOL: 467,
  CANNOT_READ_MAP_FROM_TEXT: 563,
  UNKNOWN_ELEMENT_OF_ENUM: 691,
} as const satisfies Record<string, number>

/** Errors of who may sign in, each with what an operator looks at. Source as above. */
const signInErrors: ReadonlyMap<number, string> = new Map([
  [192, 'the store does not know the user, or another password'],
  [193, 'the store does not know the user, or another password'],
  [194, 'the store asks for a password'],
  [195, 'the store lets this machine not in'],
  [516, 'the store does not know the user, or another password'],
])

/** Errors before which a statement did not begin; so it may be sent again, whatever it does. */
const notBegun: ReadonlySet<unknown> = new Set([
  passingErrors.TOO_MANY_SIMULTANEOUS_QUERIES,
  passingErrors.SERVER_OVERLOADED,
  passingErrors.TCP_CONNECTION_LIMIT_REACHED,
  passingErrors.HTTP_CONNECTION_LIMIT_REACHED,
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Errors of a connection that was there: what became of the statement is not known. */
const broken: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET'])

const passing: ReadonlySet<number> = new Set(Object.values(passingErrors))
const ofRows: ReadonlySet<number> = new Set(Object.values(rowErrors))

/** Only while rows are written a value that does not fit is the row's fault; in a query it is the statement's. */
export function toInsertError(cause: unknown): TonearmError {
  const number = engineErrorNumber(cause)
  if (number !== undefined && ofRows.has(number)) {
    return new TonearmError('row-refused', `ClickHouse error ${number}`, cause)
  }
  return toStoreError(cause)
}

/** Only a number or a name goes into the message: texts may quote data, or an address. The whole stays in `cause`. */
export function toStoreError(cause: unknown): TonearmError {
  if (cause instanceof TonearmError) return cause
  const number = engineErrorNumber(cause)
  if (number !== undefined) {
    const code = passing.has(number) ? 'store-unavailable' : 'store-refused'
    const meaning = signInErrors.get(number)
    return new TonearmError(code, `ClickHouse error ${number}${meaning === undefined ? '' : `: ${meaning}`}`, cause)
  }
  // A defect of ours (a text too long for the language, a wrong argument) does not pass by waiting.
  if (cause instanceof RangeError || cause instanceof TypeError || cause instanceof SyntaxError) {
    return new TonearmError('store-refused', `the answer could not be used: ${cause.name}`, cause)
  }
  return new TonearmError('store-unavailable', `the store did not answer${reasonOf(cause)}`, cause)
}

/** Whether the statement certainly did not begin. */
export function hasNotBegun(cause: unknown): boolean {
  return notBegun.has(engineErrorNumber(cause) ?? systemCode(cause))
}

/** Whether a connection broke while a statement was under way, or before: nobody knows. */
export function isConnectionBroken(cause: unknown): boolean {
  return engineErrorNumber(cause) === undefined && broken.has(systemCode(cause))
}

export function engineErrorNumber(cause: unknown): number | undefined {
  if (!(cause instanceof Error)) return undefined
  const code = 'code' in cause ? String(cause.code) : undefined
  const text = code !== undefined && /^\d+$/.test(code) ? code : /Code: (\d+)/.exec(cause.message)?.[1]
  return text === undefined ? undefined : Number(text)
}

/** Names of the operating system, of name resolution and of TLS, which hold no address. */
function systemCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  if (cause instanceof AggregateError && cause.errors.length > 0) return systemCode(cause.errors[0])
  const code = 'code' in cause ? String(cause.code) : ''
  if (/^[A-Z][A-Z_]{2,60}$/.test(code)) return code
  // The client says these two by their texts alone.
  if (cause.message === 'Timeout error.') return 'TIMEOUT'
  return cause.message === 'aborted' ? 'ECONNRESET' : undefined
}

function reasonOf(cause: unknown): string {
  const code = systemCode(cause)
  if (code !== undefined) return `: ${code}`
  // What answered was no ClickHouse: a proxy in front of it, or another service.
  return cause instanceof Error && /<html|<!doctype|\bproxy\b|\bgateway\b/i.test(cause.message)
    ? ': something else answered in its place'
    : ''
}
