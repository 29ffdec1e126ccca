/**
 * Sends a statement to `/sql`, and passes the answer on as it comes.
 * @module
 */
import { once } from 'node:events'
import type { Writable } from 'node:stream'

export interface AskOptions {
  readonly server: URL
  readonly token: string
  readonly statement: string
  /** Where the statement names none itself. */
  readonly format: string
  readonly stdout: Writable
  readonly fetch: typeof globalThis.fetch
}

/** What the server said of a statement that failed: ClickHouse's own line. */
export class SqlRefusedError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SqlRefusedError'
  }
}

const LATE = /\r?\n__exception__\r?\n(?<tag>\w+)\r?\n(?<message>[\s\S]*?)\d+ \k<tag>\r?\n__exception__\r?\n$/
/** An exception behind a part of an answer is no longer than this. */
const TAIL_BYTES = 32 * 1024

/** Resolves when all of the answer is written. Rejects with a {@link SqlRefusedError}, or where there is no server. */
export async function ask({ server, token, statement, format, stdout, fetch }: AskOptions): Promise<void> {
  const address = new URL('/sql/', server)
  address.searchParams.set('default_format', format)
  const answer = await fetch(address, {
    method: 'POST',
    body: statement,
    headers: { authorization: `Bearer ${token}` },
  })
  if (answer.status !== 200) throw new SqlRefusedError((await answer.text()).trim())
  let tail = Buffer.alloc(0)
  for await (const chunk of answer.body ?? []) {
    // The end is held back, for it may be an exception.
    tail = Buffer.concat([tail, chunk])
    const free = tail.length - TAIL_BYTES
    if (free <= 0) continue
    await write(stdout, tail.subarray(0, free))
    tail = tail.subarray(free)
  }
  const late = LATE.exec(tail.toString('latin1'))
  await write(stdout, late === null ? tail : tail.subarray(0, late.index))
  if (late !== null)
    throw new SqlRefusedError(
      Buffer.from(late.groups?.['message'] ?? '', 'latin1')
        .toString()
        .trim(),
    )
}

async function write(stdout: Writable, bytes: Uint8Array): Promise<void> {
  if (bytes.length > 0 && !stdout.write(bytes)) await once(stdout, 'drain')
}
