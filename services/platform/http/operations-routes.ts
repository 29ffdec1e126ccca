/**
 * What operators ask: `/healthz`, `/readyz` and `/metrics`.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import type { Registry } from 'prom-client'

/** Asks one dependency: `undefined` where it answers, else a word for what is wrong, without data. */
export type ReadinessCheck = () => Promise<string | undefined> | string | undefined

const CHECK_MS_MAX = 2_000
const OK = 'ok'

export function createOperationsRoutes(options: {
  /** What the service cannot work without: one that fails makes it not ready. */
  readonly dependencies: Readonly<Record<string, ReadinessCheck>>
  /** What may fail while everything else goes on: told, but no reason to send requests elsewhere. */
  readonly jobs: Readonly<Record<string, ReadinessCheck>>
  readonly registry: Registry
}): FastifyPluginAsync {
  return async (server) => {
    server.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async () => ({ status: 'alive' }))

    server.get('/readyz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
      const dependencies = await askAll(options.dependencies)
      const jobs = await askAll(options.jobs)
      const isReady = Object.values(dependencies).every((answer) => answer === OK)
      const isWhole = Object.values(jobs).every((answer) => answer === OK)
      const status = isReady ? (isWhole ? 'ready' : 'degraded') : 'not ready'
      return reply.status(isReady ? 200 : 503).send({ status, checks: { ...dependencies, ...jobs } })
    })

    server.get('/metrics', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
      reply.type(options.registry.contentType)
      return await options.registry.metrics()
    })
  }
}

async function askAll(checks: Readonly<Record<string, ReadinessCheck>>): Promise<Record<string, string>> {
  const answers = Object.entries(checks).map(async ([name, check]) => [name, (await ask(check)) ?? OK] as const)
  return Object.fromEntries(await Promise.all(answers))
}

async function ask(check: ReadinessCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer'), CHECK_MS_MAX)
  })
  try {
    return await Promise.race([Promise.resolve(check()), limit])
  } catch {
    return 'out of reach'
  } finally {
    clearTimeout(timer)
  }
}
