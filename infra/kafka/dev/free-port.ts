import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Ports below those that systems hand out by themselves (from 32768 on Linux, 49152 elsewhere). A broker has to come back
 * on its own port: above, an outgoing connection of any process may have taken it meanwhile, even a client's own attempt
 * to connect, which the kernel then connects to itself.
 */
const FIRST_PORT = 20_000
const LAST_PORT = 32_000
const TRIES_MAX = 100

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port among ${TRIES_MAX} between ${FIRST_PORT} and ${LAST_PORT}`)
}

/** Whether nobody listens on a port of 127.0.0.1 now. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
