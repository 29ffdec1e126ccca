/**
 * What operators ask: `/healthz`, `/readyz` and `/metrics`.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import type { Registry } from 'prom-client'

/** Asks one dependency: `undefined` where it answers, else a word for what is wrong, without data. */
export type ReadinessCheck = () => Promise<string | undefined> | string | undefined

const CHECK_MS_MAX = 2_000

export function createOperationsRoutes(options: {
  readonly checks: Readonly<Record<string, ReadinessCheck>>
  readonly registry: Registry
}): FastifyPluginAsync {
  return async (server) => {
    server.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async () => ({ status: 'alive' }))

    server.get('/readyz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
      const names = Object.keys(options.checks)
      const answers = await Promise.all(names.map((name) => ask(options.checks[name])))
      const problems = Object.fromEntries(names.map((name, index) => [name, answers[index] ?? 'ok']))
      const isReady = answers.every((answer) => answer === undefined)
      return reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', checks: problems })
    })

    server.get('/metrics', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
      reply.type(options.registry.contentType)
      return await options.registry.metrics()
    })
  }
}

async function ask(check: ReadinessCheck | undefined): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer'), CHECK_MS_MAX)
  })
  try {
    return await Promise.race([Promise.resolve(check?.()), limit])
  } catch {
    return 'out of reach'
  } finally {
    clearTimeout(timer)
  }
}
