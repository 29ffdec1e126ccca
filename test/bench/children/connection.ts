/**
 * A kept-alive HTTP/1.1 connection that sends requests which are bytes already and reads no more of an answer than it
 * has to: a client that costs less than what it measures.
 * @module
 */
import { connect } from 'node:net'

export interface Connection {
  /** Sends a request and resolves when its answer is complete; rejects where that is not a success. */
  exchange(request: Buffer): Promise<void>
  close(): void
}

const END_OF_HEAD = '\r\n\r\n'

export async function openConnection(address: string): Promise<Connection> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  let head: Buffer = Buffer.alloc(0)
  /** Bytes of the answer's body that are still to come; `undefined` while its head is. */
  let bodyBytesLeft: number | undefined
  let status = 0
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined

  function take(chunk: Buffer): void {
    if (bodyBytesLeft === undefined) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const end = head.indexOf(END_OF_HEAD)
      if (end === -1) return
      const text = head.toString('latin1', 0, end)
      status = Number(text.slice(9, 12))
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1])
      bodyBytesLeft = length - (head.length - end - END_OF_HEAD.length)
      head = Buffer.alloc(0)
    } else bodyBytesLeft -= chunk.length
    if (bodyBytesLeft > 0) return
    bodyBytesLeft = undefined
    if (status >= 200 && status < 300) settle?.resolve()
    else settle?.reject(new Error(`an answer with status ${status}`))
  }
  socket.on('data', take)
  socket.on('error', (error) => settle?.reject(error))
  socket.on('close', () => settle?.reject(new Error('the connection was closed')))

  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(request)
      }),
    close: () => {
      settle = undefined
      socket.destroy()
    },
  }
}

/** A request as bytes. */
export function encodeRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer = Buffer.alloc(0),
): Buffer {
  const all = { host: '127.0.0.1', ...headers, ...(method === 'GET' ? {} : { 'content-length': String(body.length) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}
