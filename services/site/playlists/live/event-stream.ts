/**
 * A stream of server-sent events (HTML standard, 9.2), as text that a reply sends while it comes.
 * @module
 */
import { PassThrough, type Readable } from 'node:stream'

export const EVENT_STREAM_TYPE = 'text/event-stream; charset=utf-8'

/** Proxies end connections on which nothing is said for a minute, milliseconds. */
const HEARTBEAT_MS = 20_000
/** Who does not read what is sent to him is let go, bytes. */
const UNREAD_BYTES_MAX = 4 * 1024 * 1024

export interface EventStream {
  readonly readable: Readable
  /** @param data without an end of line, such as JSON */
  send(event: string, data: string): void
  end(): void
}

/** @param onClose called once, when either side has ended it */
export function createEventStream(onClose: () => void): EventStream {
  const stream = new PassThrough()
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  stream.once('close', () => {
    clearInterval(heartbeat)
    onClose()
  })

  function write(text: string): void {
    if (stream.writableEnded || stream.destroyed) return
    if (stream.writableLength > UNREAD_BYTES_MAX) stream.destroy()
    else stream.write(text)
  }

  // A browser that loses the connection comes again after this time, milliseconds.
  write('retry: 10000\n\n')
  return {
    readable: stream,
    send: (event, data) => write(`event: ${event}\ndata: ${data}\n\n`),
    end: () => stream.end(),
  }
}
