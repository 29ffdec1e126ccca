/**
 * The port to what runs the statements behind ClickHouse's HTTP interface: the engine in this process, or a server.
 * @module
 */
import type { Statement } from './read-statement.ts'

/** One statement of a request. */
export interface EngineStatement {
  readonly statement: Statement
  /** Rows of an insert. */
  readonly data: AsyncIterable<Uint8Array>
  /** Values of `{name:Type}`, escaped as in an address (`\t` for a tab, `\N` for NULL). */
  readonly params: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, string>
  readonly database: string | undefined
  /** Format of an answer whose statement names none. */
  readonly defaultFormat: string
  /** Whether nothing is answered before the whole result is there, so that an error in the middle of it is one. */
  readonly isWhole: boolean
  /** What the statement is called at a server; nothing where its client did not say. */
  readonly queryId?: string
  /** Fires when nobody waits for the answer any more: a statement that changes nothing is ended then. */
  readonly signal: AbortSignal
}

export interface EngineAnswer {
  /** As it stands in the headers; absent where the statement answers nothing. */
  readonly format: string | undefined
  /** Rejects with a ClickhouseException. */
  readonly body: AsyncIterable<Uint8Array>
  /** How an exception in the body is marked, where the engine marks it itself. */
  readonly exceptionTag?: string
  /** Numbers of `X-ClickHouse-Summary`, as far as they are known when the answer begins. */
  readonly summary: Readonly<Record<string, string>>
  /** Gives back what the answer holds, read or not. To be called once, and always. */
  close(): Promise<void>
}

export interface ClickhouseEngine {
  /** Of the engine: `26.7.2.1`. */
  readonly version: string
  /** Resolves when the answer begins. Rejects with a ClickhouseException. */
  run(statement: EngineStatement): Promise<EngineAnswer>
}
