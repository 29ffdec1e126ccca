/**
 * Sends an export as it is read: no faster than the client takes it, and not at all to one that does not.
 * @module
 */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { type ExportDependencies, writeExport } from './write-export.ts'

/** Exports at once; each holds some megabytes. */
const EXPORTS_MAX = 32

/** How long a client may take nothing. */
const STALLED_MS_MAX = 60_000
const RETRY_AFTER_SECONDS = 10

/** Sends the export of an account. Throws `too-many-requests` while one of the same account is under way, and `overloaded`. */
export type SendExport = (reply: FastifyReply, owner: string) => Promise<FastifyReply>

export function createExportSender(
  dependencies: ExportDependencies & { readonly stalledMsMax?: number; readonly exportsMax?: number },
): SendExport {
  const { stalledMsMax = STALLED_MS_MAX, exportsMax = EXPORTS_MAX } = dependencies
  const underWay = new Set<string>()

  return async (reply, owner) => {
    reply.type('application/json').header('content-disposition', 'attachment; filename="tonearm-export.json"')
    if (reply.request.method === 'HEAD') return reply.send(Readable.from([]))
    if (underWay.has(owner)) throw new HttpProblem('too-many-requests', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    if (underWay.size >= exportsMax) throw new HttpProblem('overloaded', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    underWay.add(owner)
    const pieces = writeExport(owner, dependencies)
    try {
      // A store that is away now is told as a problem; later only the broken transfer can tell.
      const first = await pieces.next()
      const stream = Readable.from(guarded(first.value ?? ''), { objectMode: false })
      stream.once('close', () => underWay.delete(owner))
      return reply.send(stream)

      async function* guarded(head: string) {
        try {
          yield* paced(head)
          for await (const piece of pieces) yield* paced(piece)
        } catch (error) {
          reply.log.error({ error }, 'an export broke off')
          throw error
        } finally {
          await pieces.return(undefined)
        }
      }

      function* paced(piece: string) {
        // It is resumed when the next piece is asked for.
        const timer = setTimeout(() => stream.destroy(new Error('the client takes nothing')), stalledMsMax)
        try {
          yield piece
        } finally {
          clearTimeout(timer)
        }
      }
    } catch (error) {
      underWay.delete(owner)
      reply.removeHeader('content-disposition')
      throw error
    }
  }
}
