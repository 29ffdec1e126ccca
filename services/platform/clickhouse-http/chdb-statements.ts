/**
 * The ways that chDB runs statements for the HTTP interface. Little is held in memory; rows and results that are more, and
 * formats that have a beginning and an end, lie in a file for a moment, where the engine reads and writes all of them.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ChdbQueryStream, ChdbResult, RawInsertFormat, RawInsertParams, Session, StreamChunk } from 'chdb'
import type { EngineAnswer } from './engine.ts'
import type { InsertStatement, OtherStatement, SelectStatement } from './read-statement.ts'

/** What is held in memory of the rows or the result of a statement. */
const HELD_BYTES_MAX = 1024 * 1024

/** Writes rows. They are read to their end before the engine sees the first, so half a request writes nothing. */
export async function runInsert(
  session: Session,
  folder: string,
  { head, settings, format }: InsertStatement,
  data: AsyncIterable<Uint8Array>,
): Promise<EngineAnswer> {
  const { held, rest } = await hold(data)
  if (held.length === 0) return answerOf({})
  const target = settings === '' && rest === undefined ? plainTarget(head, format) : undefined
  if (target !== undefined) {
    const { rowsWritten, bytesWritten, elapsed } = await session.insert({ ...target, values: held })
    return answerOf({ written: { rowsRead: rowsWritten, bytesRead: bytesWritten, elapsed } })
  }
  const file = join(folder, randomUUID())
  try {
    await pipeline(Readable.from(joined(held, rest)), createWriteStream(file, { mode: 0o600 }))
    const written = await session.queryAsync(`${head}\nFROM INFILE '${file}' ${settings}\nFORMAT ${format}`)
    return answerOf({ written })
  } finally {
    await rm(file, { force: true })
  }
}

/** The commonest of inserts, which chDB takes from memory; the others it takes from a file. */
function plainTarget(head: string, format: string): Omit<RawInsertParams, 'values'> | undefined {
  const [, table, columns] = /^\s*INSERT\s+INTO\s+(\w+(?:\.\w+)?)\s*(?:\(([\w\s,]+)\)\s*)?$/i.exec(head) ?? []
  if (table === undefined || !isRawFormat(format)) return undefined
  return { table, format, ...(columns === undefined ? {} : { columns: columns.split(',').map((name) => name.trim()) }) }
}

const isRawFormat = (format: string): format is RawInsertFormat =>
  /^(JSONEachRow|JSONCompactEachRow|CSV|CSVWithNames|TSV|TabSeparated)$/.test(format)

/** Runs what answers little or nothing. */
export async function runOther(session: Session, { text, format }: OtherStatement, defaultFormat: string) {
  const result = await session.queryAsync(text, { format: defaultFormat })
  const bytes = result.bytes()
  if (bytes.length === 0) return answerOf({ written: result })
  return answerOf({ format: format ?? defaultFormat, read: result, body: Readable.from([bytes]) })
}

/** Writes a table in any format, and answers when all of it is there. */
export async function selectToFile(
  session: Session,
  folder: string,
  { body, tail }: SelectStatement,
  format: string,
): Promise<EngineAnswer> {
  const file = join(folder, randomUUID())
  try {
    const read = await session.queryAsync(`${body}\nINTO OUTFILE '${file}' FORMAT ${format} ${tail}`)
    return answerOf({ format, read, ...fromHandle(await open(file)) })
  } finally {
    await rm(file, { force: true })
  }
}

/** Reads a table part by part, and answers when all of it is there. */
export async function selectWhole(
  session: Session,
  folder: string,
  statement: SelectStatement,
  format: string,
): Promise<EngineAnswer> {
  const { held, rest } = await hold(partsOf(startStream(session, statement, format)))
  if (rest === undefined) return answerOf({ format, body: Readable.from(held.length === 0 ? [] : [held]) })
  const file = join(folder, randomUUID())
  const handle = await open(file, 'wx+', 0o600)
  await rm(file)
  try {
    for await (const part of joined(held, rest)) await handle.appendFile(part)
    return answerOf({ format, ...fromHandle(handle) })
  } catch (cause) {
    await handle.close()
    throw cause
  }
}

/** Answers with the first part of a table. `onEnd` is called once, with whether all of it was read. */
export async function selectInParts(
  session: Session,
  statement: SelectStatement,
  format: string,
  onEnd: (isWhole: boolean) => void,
): Promise<EngineAnswer> {
  const parts = startStream(session, statement, format)[Symbol.asyncIterator]()
  let isWhole = false
  async function close(): Promise<void> {
    await parts.return?.()
    onEnd(isWhole)
  }
  async function* from(first: IteratorResult<StreamChunk>): AsyncGenerator<Uint8Array> {
    for (let part = first; part.done !== true; part = await parts.next()) yield part.value.raw()
    isWhole = true
  }
  try {
    // An error that comes before the first rows is an answer of its own.
    return answerOf({ format, body: from(await parts.next()), close })
  } catch (cause) {
    await parts.return?.()
    throw cause
  }
}

function startStream(session: Session, { body, tail }: SelectStatement, format: string): ChdbQueryStream {
  return session.queryStream(`${body}\nFORMAT ${format} ${tail}`, { format })
}

async function* partsOf(stream: ChdbQueryStream): AsyncGenerator<Uint8Array> {
  for await (const part of stream) yield part.raw()
}

/** Takes as much as is held in memory; `rest` goes on behind it, where there is more. */
async function hold(data: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = []
  const iterator = data[Symbol.asyncIterator]()
  for (let size = 0; size <= HELD_BYTES_MAX; ) {
    const next = await iterator.next()
    if (next.done === true) return { held: Buffer.concat(parts) }
    size += next.value.byteLength
    parts.push(next.value)
  }
  return { held: Buffer.concat(parts), rest: { [Symbol.asyncIterator]: () => iterator } }
}

async function* joined(held: Uint8Array, rest: AsyncIterable<Uint8Array> | undefined): AsyncGenerator<Uint8Array> {
  yield held
  if (rest !== undefined) yield* rest
}

/** The file has no name any more; it goes with its handle. */
const fromHandle = (handle: FileHandle) => ({
  body: handle.createReadStream({ start: 0, autoClose: false }),
  close: () => handle.close(),
})

type Numbers = Pick<ChdbResult, 'rowsRead' | 'bytesRead' | 'elapsed'>

function answerOf(parts: {
  readonly format?: string
  readonly body?: AsyncIterable<Uint8Array>
  readonly read?: Numbers
  readonly written?: Numbers
  readonly close?: () => Promise<void>
}): EngineAnswer {
  const { format, body = Readable.from([]), read, written, close = async () => undefined } = parts
  const summary = {
    read_rows: String(read?.rowsRead ?? 0),
    read_bytes: String(read?.bytesRead ?? 0),
    written_rows: String(written?.rowsRead ?? 0),
    written_bytes: String(written?.bytesRead ?? 0),
    total_rows_to_read: '0',
    result_rows: String(read?.rowsRead ?? 0),
    result_bytes: '0',
    elapsed_ns: String(Math.round((read?.elapsed ?? written?.elapsed ?? 0) * 1e9)),
  }
  return { format, body, summary, close }
}
