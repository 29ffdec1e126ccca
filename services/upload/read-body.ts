/**
 * Reads the bytes of a request's body, plain or gzip, and never holds more of it than it may have.
 * @module
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { HttpProblem } from '#platform/http/problem.ts'
import { BODY_BYTES_MAX } from '#schemas/records/session.ts'

/** Bytes that may still be read and thrown away, so that a client that is sending gets to read why it was refused. */
const DRAINED_BYTES_MAX = 2 * BODY_BYTES_MAX

/**
 * The body after decompression. Throws the problems `body-too-large` (over {@link BODY_BYTES_MAX}, found while reading),
 * `unreadable-body` (broken or truncated gzip) and `unsupported-media-type` (another content coding).
 */
export async function readBody(headers: IncomingHttpHeaders, payload: Readable): Promise<Buffer> {
  const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (coding === 'identity') {
    if (Number(headers['content-length']) > BODY_BYTES_MAX) return await refuse(payload)
    const body = await collect(payload)
    return body ?? (await refuse(payload))
  }
  if (coding !== 'gzip' && coding !== 'x-gzip') throw new HttpProblem('unsupported-media-type')
  return await gunzip(payload)
}

async function gunzip(payload: Readable): Promise<Buffer> {
  const unzipped = createGunzip()
  payload.once('error', (error) => unzipped.destroy(error))
  payload.pipe(unzipped)
  let body: Buffer | undefined
  try {
    body = await collect(unzipped)
  } catch {
    payload.unpipe(unzipped)
    payload.resume()
    throw new HttpProblem('unreadable-body')
  }
  if (body !== undefined) return body
  payload.unpipe(unzipped)
  unzipped.destroy()
  return await refuse(payload)
}

/** All bytes of a stream; `undefined` where there are too many, of which it then holds none. */
function collect(stream: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > BODY_BYTES_MAX) {
        stream.off('data', onData)
        chunks.length = 0
        resolve(undefined)
      } else chunks.push(chunk)
    }
    stream.on('data', onData)
    stream.once('error', reject)
    stream.once('close', () => {
      if (!stream.readableEnded) reject(new HttpProblem('unreadable-body', { detail: 'The body ended early.' }))
    })
    stream.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    )
  })
}

/** Throws away what is still coming, within bounds, and then says that it was too much. */
async function refuse(payload: Readable): Promise<never> {
  await new Promise<void>((resolve) => {
    let drained = 0
    const done = () => resolve()
    payload.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > DRAINED_BYTES_MAX) done()
    })
    payload.once('end', done)
    payload.once('error', done)
    payload.once('close', done)
    payload.resume()
    if (payload.readableEnded || payload.destroyed) done()
  })
  throw new HttpProblem('body-too-large')
}
