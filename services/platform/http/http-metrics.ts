/**
 * What a server counts of its requests for `/metrics`: by the pattern of the route, never by its address.
 * @module
 */
import type { FastifyInstance } from 'fastify'
import { Counter, Histogram, type Registry } from 'prom-client'

/** Methods that have a name of their own in labels: a caller may send any word. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Call it before the routes. */
export function countRequests(server: FastifyInstance, registry: Registry): void {
  const registers = [registry]
  const requests = new Counter({
    name: 'tonearm_http_requests_total',
    help: 'Requests that were answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'tonearm_http_request_seconds',
    help: 'Time from a request to its whole answer',
    labelNames: ['route', 'method'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const method = methods.has(request.method) ? request.method : 'other'
    requests.inc({ route, method, status: String(reply.statusCode) })
    seconds.observe({ route, method }, reply.elapsedTime / 1000)
  })
}
