/**
 * Ends the connections of a server that closes. Node.js and Fastify end those that are idle at that moment; one that is
 * at work then stays open after its answer, for the next request that the client may send, and holds up the end for as
 * long as it is kept alive.
 * @module
 */
import type { FastifyInstance } from 'fastify'

/** @param drainMsMax how long requests in hand and clients that say nothing are waited for */
export function endConnectionsOnClose(server: FastifyInstance, drainMsMax: number): void {
  let isClosing = false
  let timer: NodeJS.Timeout | undefined
  server.addHook('preClose', async () => {
    isClosing = true
    timer = setTimeout(() => server.server.closeAllConnections(), drainMsMax)
  })
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  server.addHook('onResponse', async () => {
    // Its head may have gone out before the server closed; the connection is idle only after this hook.
    if (isClosing) setImmediate(() => server.server.closeIdleConnections())
  })
  server.addHook('onClose', async () => clearTimeout(timer))
}
