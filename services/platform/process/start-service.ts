/**
 * One service in a process of its own: it serves at once, waits for what it depends on, and says meanwhile in `/readyz`
 * what it waits for. Requests that come before it is prepared are told to come again.
 * @module
 */
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { TonearmError } from '../errors/tonearm-error.ts'
import { registerOpenApi } from '../http/openapi.ts'
import { createOperationsRoutes, type ReadinessCheck } from '../http/operations-routes.ts'
import { createServer } from '../http/server.ts'
import { followTlsFiles, readTlsIdentity, type TlsSettings, tlsFilesOf } from '../http/tls-files.ts'
import { type CloseStack, createCloseStack } from './close-stack.ts'
import { listen } from './listen.ts'
import { patiently } from './patiently.ts'
import type { Running } from './run-process.ts'

/** What a service is set up with. */
export interface ServiceProcess {
  readonly server: FastifyInstance
  readonly registry: Registry
  readonly logger: FastifyBaseLogger
  /** What is pushed here is closed when the service ends, the last one first. */
  readonly opened: CloseStack
  /** Aborts when the service is to end. */
  readonly ending: AbortSignal
}

/** What a service says of itself once its routes are registered and before anything has answered. */
export interface ServiceSetUp {
  /** What it cannot work without. */
  readonly dependencies: Readonly<Record<string, ReadinessCheck>>
  /** What may fail while everything else goes on. */
  readonly jobs?: Readonly<Record<string, ReadinessCheck>>
  /** What has to be had before it works; done again while a dependency is away. */
  readonly prepare: () => Promise<void>
  /** Its work, once prepared, until `ending`; a service of routes alone has none. A rejection ends the process. */
  readonly work?: () => Promise<void>
}

export interface ServiceOptions {
  readonly config: TlsSettings & { readonly HOST: string; readonly PORT: number }
  readonly logger: FastifyBaseLogger
  readonly setUp: (service: ServiceProcess) => Promise<ServiceSetUp>
}

/** Paths of `operations-routes.ts`: they answer whatever the service waits for. */
const operations: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics', '/openapi.json'])

/** Throws a TonearmError where it cannot even serve; nothing is then left open. */
export async function startService({ config, logger, setUp }: ServiceOptions): Promise<Running> {
  const opened = createCloseStack(logger)
  const ending = new AbortController()
  const registry = new Registry()
  /** What the preparation waits for; `undefined` once it is done. */
  let waitsFor: string | undefined = 'dependencies'
  try {
    collectDefaultMetrics({ register: registry })
    const tlsFiles = tlsFilesOf(config)
    const tls = tlsFiles && readTlsIdentity(tlsFiles)
    const server = createServer({ logger, tls, registry })
    opened.push(() => server.close())
    if (tlsFiles && tls) opened.push(followTlsFiles(server, { files: tlsFiles, identity: tls, logger }))
    server.addHook('onRequest', async (request) => {
      if (waitsFor !== undefined && !operations.has(request.routeOptions.url)) {
        throw new TonearmError('store-unavailable', 'the service is not prepared yet')
      }
    })
    await registerOpenApi(server)
    const service = await setUp({ server, registry, logger, opened, ending: ending.signal })
    const dependencies = { ...service.dependencies, preparation: () => waitsFor && `waits: ${waitsFor}` }
    await server.register(createOperationsRoutes({ registry, dependencies, jobs: service.jobs ?? {} }))
    const address = await listen(server, config)

    const ended = (async () => {
      await patiently(service.prepare, {
        signal: ending.signal,
        onWait(code, cause) {
          if (waitsFor !== code) logger.warn({ code, error: cause }, 'the service waits for a dependency')
          waitsFor = code
        },
      })
      waitsFor = undefined
      logger.info('the service is prepared')
      await service.work?.()
    })()
    // Whoever asks is told; until then a rejection must not end the process with its whole cause printed.
    ended.catch(() => undefined)
    opened.push(async () => {
      ending.abort()
      await ended.catch(() => undefined)
    })
    return {
      address,
      // An end that was asked for is none that broke.
      ended: ended.catch((cause: unknown) => {
        if (!ending.signal.aborted) throw cause
      }),
      close: () => opened.closeAll(),
    }
  } catch (cause) {
    await opened.closeAll()
    throw cause
  }
}
