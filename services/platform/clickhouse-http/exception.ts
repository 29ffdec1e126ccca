/**
 * ClickHouse's own form of an error, as its clients know it: a number, a name and a text, in the body of an answer whose
 * status follows from the number.
 * @module
 */

/** What a statement met. Its message may quote data, as the engine's does: it is for who asked, and for no log. */
export class ClickhouseException extends Error {
  /** Number of the error. Source: `src/Common/ErrorCodes.cpp` of ClickHouse. */
  readonly code: number
  /** Name of the error: `UNKNOWN_TABLE`. */
  readonly type: string
  /** Status of its answer where it is another than a server gives to the number. */
  readonly status: number | undefined

  constructor(
    name: ExceptionName | { code: number; type: string },
    message: string,
    cause?: unknown,
    status?: number | undefined,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ClickhouseException'
    this.status = status
    this.code = typeof name === 'string' ? exceptionCodes[name] : name.code
    this.type = typeof name === 'string' ? name : name.type
  }
}

/** Errors that the interface itself raises, beside those of the engine. */
const exceptionCodes = {
  BAD_ARGUMENTS: 36,
  NOT_IMPLEMENTED: 48,
  SYNTAX_ERROR: 62,
  UNKNOWN_FORMAT: 73,
  UNKNOWN_TYPE_OF_QUERY: 78,
  UNKNOWN_DATABASE: 81,
  TIMEOUT_EXCEEDED: 159,
  READONLY: 164,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  NETWORK_ERROR: 210,
  QUERY_IS_TOO_LARGE: 229,
  ABORTED: 236,
  SETTING_CONSTRAINT_VIOLATION: 452,
  INTO_OUTFILE_NOT_ALLOWED: 358,
  CANNOT_DECOMPRESS: 271,
  QUERY_WAS_CANCELLED: 394,
  UNKNOWN_QUERY_PARAMETER: 456,
  ACCESS_DENIED: 497,
  AUTHENTICATION_FAILED: 516,
  UNKNOWN_EXCEPTION: 1002,
} as const

type ExceptionName = keyof typeof exceptionCodes

const codesByStatus: readonly (readonly [number, readonly number[]])[] = [
  // biome-ignore format: a list of numbers
  [400, [6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675, 676]],
  [401, [194]],
  [403, [192, 193, 497, 512, 516]],
  [404, [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511]],
  [408, [159]],
  [411, [381]],
  [413, [229]],
  [501, [48]],
  [503, [76, 209, 439]],
]
const statuses = new Map(codesByStatus.flatMap(([status, codes]) => codes.map((code) => [code, status] as const)))

/** The HTTP status of an error. Source: `src/Server/HTTP/exceptionCodeToHTTPStatus.cpp` of ClickHouse. */
export function exceptionStatus({ code, status }: ClickhouseException): number {
  return status ?? statuses.get(code) ?? 500
}

/** The body of its answer. @param version of the engine, for clients read it there */
export function exceptionText({ code, type, message }: ClickhouseException, version: string): string {
  return `Code: ${code}. DB::Exception: ${message} (${type}) (version ${version})\n`
}

const ENGINE_MESSAGE = /Code: (?<code>\d+)\. DB::Exception: (?<message>.*) \((?<type>[A-Z0-9_]+)\)\s*$/s

/** Reads what the engine said of an error; what it did not say is not told to anybody. */
export function toException(cause: unknown): ClickhouseException {
  if (cause instanceof ClickhouseException) return cause
  const groups = cause instanceof Error ? ENGINE_MESSAGE.exec(cause.message)?.groups : undefined
  if (groups === undefined) return new ClickhouseException('UNKNOWN_EXCEPTION', 'the engine failed', cause)
  const { code, message = '', type = '' } = groups
  return new ClickhouseException({ code: Number(code), type }, message, cause)
}
