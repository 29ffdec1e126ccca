/**
 * The sockets of a Kafka client, kept together so that they can be cut: kafkajs goes on with its retries after it was
 * told to disconnect, and would send later what its caller has given up.
 * @module
 */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ISocketFactory } from 'kafkajs'

const KEEP_ALIVE_MS = 60_000

export interface KafkaSockets {
  readonly factory: ISocketFactory
  /** Ends every connection at once and lets none be opened again. */
  cut(): void
}

export function createKafkaSockets(): KafkaSockets {
  const open = new Set<Socket>()
  let isCut = false

  return {
    factory({ host, port, ssl, onConnect }) {
      if (isCut) throw new Error('the client was closed')
      // `ssl` is absent without TLS, whatever its type says.
      const socket = ssl
        ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
        : connectTcp({ host, port }, onConnect)
      socket.setKeepAlive(true, KEEP_ALIVE_MS)
      open.add(socket)
      socket.once('close', () => {
        open.delete(socket)
        // kafkajs does this to a dead socket at each attempt to disconnect, and each time Node.js would keep one listener more.
        socket.unref = () => socket
      })
      return socket
    },

    cut() {
      isCut = true
      // With an error: kafkajs does not notice a socket that closes without one, and its requests would wait for their time.
      for (const socket of open) socket.destroy(new Error('the client was closed'))
    },
  }
}
