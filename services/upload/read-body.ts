/**
 * Reads the bytes of a request's body, plain or gzip, and never holds more of it than it may have.
 * @module
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { HttpProblem } from '#platform/http/problem.ts'
import { BODY_BYTES_MAX } from '#schemas/records/session.ts'
import type { BodyBudget } from './body-budget.ts'

/** Bytes that may still be read and thrown away, so that a client that is sending gets to read why it was refused. */
const DRAINED_BYTES_MAX = 2 * BODY_BYTES_MAX

/**
 * The body after decompression. While it is being read its bytes are held in the budget.
 *
 * Throws the problems `body-too-large` (over {@link BODY_BYTES_MAX}, found while reading), `unreadable-body` (broken or
 * truncated), `unsupported-media-type` (another content coding) and `overloaded`.
 */
export async function readBody(headers: IncomingHttpHeaders, payload: Readable, budget: BodyBudget): Promise<Buffer> {
  const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const isGzip = coding === 'gzip' || coding === 'x-gzip'
  if (!isGzip && coding !== 'identity') throw new HttpProblem('unsupported-media-type')
  try {
    if (Number(headers['content-length']) > BODY_BYTES_MAX) throw new HttpProblem('body-too-large')
    return isGzip ? await gunzip(payload, budget) : await collect(payload, budget)
  } catch (error) {
    await drain(payload)
    throw error
  }
}

async function gunzip(payload: Readable, budget: BodyBudget): Promise<Buffer> {
  const unzipped = createGunzip()
  payload.once('error', (error) => unzipped.destroy(error))
  payload.pipe(unzipped)
  try {
    return await collect(unzipped, budget)
  } catch (error) {
    payload.unpipe(unzipped)
    unzipped.destroy()
    throw error
  }
}

/** All bytes of a stream. */
function collect(stream: Readable, budget: BodyBudget): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const fail = (problem: unknown) => {
      stream.off('data', take)
      budget.release(bytes)
      bytes = 0
      chunks.length = 0
      reject(problem)
    }
    const take = (chunk: Buffer) => {
      if (bytes + chunk.length > BODY_BYTES_MAX) return fail(new HttpProblem('body-too-large'))
      try {
        budget.hold(chunk.length)
      } catch (problem) {
        return fail(problem)
      }
      bytes += chunk.length
      chunks.push(chunk)
    }
    stream.on('data', take)
    stream.once('error', () => fail(new HttpProblem('unreadable-body')))
    stream.once('end', () => {
      budget.release(bytes)
      bytes = 0
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
    })
    stream.once('close', () => {
      if (!stream.readableEnded) fail(new HttpProblem('unreadable-body', { detail: 'The body ended early.' }))
    })
  })
}

/** Throws away what is still coming, within bounds. */
function drain(payload: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (payload.readableEnded || payload.destroyed) return resolve()
    let drained = 0
    payload.on('data', (chunk: Buffer) => {
      drained += chunk.length
      if (drained > DRAINED_BYTES_MAX) resolve()
    })
    for (const over of ['end', 'error', 'close']) payload.once(over, () => resolve())
    payload.resume()
  })
}
