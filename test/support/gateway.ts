/**
 * What stands before the services in distributed mode: passes each request to the service whose path it is, as the proxy in
 * `infra/caddy` does. A service that is away answers nothing, as a machine that is gone does.
 * @module
 */
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

export type RoutedService = 'upload' | 'account' | 'charts' | 'site' | 'analyst'

/** The first that fits. */
const routes: readonly (readonly [pattern: RegExp, service: RoutedService])[] = [
  [/^\/v1\/sessions\b/, 'upload'],
  [/^\/v1\/(me|accounts|erasures|dead-letters|audit)\b/, 'account'],
  [/^\/v1\/merges\b/, 'charts'],
  [/^\/sql\b/, 'analyst'],
  [/^(\/de)?\/me\b/, 'account'],
  [/^\//, 'site'],
]

export interface Gateway {
  readonly address: string
  close(): Promise<void>
}

/** @param addressOf where a service serves now: `http://127.0.0.1:54321` */
export async function startGateway(addressOf: (service: RoutedService) => string): Promise<Gateway> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    const service = routes.find(([pattern]) => pattern.test(path))?.[1] ?? 'site'
    const passed = send(
      new URL(path, addressOf(service)),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
        answer.on('error', () => outgoing.destroy())
      },
    )
    passed.on('error', () => outgoing.destroy())
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
