import { EventEmitter, once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { createServer } from '#platform/http/server.ts'
import { waitFor } from '../../support/wait-for.ts'

/** A server with one route, which answers when it is told to. */
async function slowServer(drainMsMax: number) {
  const signals = new EventEmitter()
  const asked = once(signals, 'asked')
  const server = createServer({ logger: fastify().log, drainMsMax })
  server.get('/', async () => {
    signals.emit('asked')
    await once(signals, 'answer')
    return { late: true }
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo // a TCP server's address
  return { server, port, asked, answer: () => signals.emit('answer') }
}

it('answers a request in hand when the server closes, and ends its connection though the client would keep it', async () => {
  const { server, port, asked, answer } = await slowServer(60_000)
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const sent = request({ port, host: '127.0.0.1', agent }).end()
  const response = once(sent, 'response')
  await asked
  const closed = server.close()
  await waitFor('the server to take no one else', () => !server.server.listening)
  answer()
  const [message] = (await response) as [IncomingMessage]
  expect([message.statusCode, message.headers.connection]).toEqual([200, 'close'])
  message.resume()
  await closed
})

it('does not wait for a client that never says anything', async () => {
  const { server, port } = await slowServer(50)
  const silent = connect(port, '127.0.0.1')
  onTestFinished(() => void silent.destroy())
  await once(silent, 'connect')
  await server.close()
})
