import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Registry } from 'prom-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { createIngestMetrics } from '../../../services/ingest/ingest-metrics.ts'
import { alertRules } from '../observability/alert-rules.ts'
import { dashboardQueries } from '../observability/dashboard-file.ts'
import { groupingLabelsOf, seriesOf } from '../observability/promql.ts'
import { publicServices, type Service, services } from '../services.ts'
import { caddyRoute, ingressRoute } from './proxy-routes.ts'
import { type StartedService, secretsFolder, startAsCompose } from './start-as-compose.ts'

const healthCheck = fileURLToPath(new URL('../../../infra/docker/health-check.mjs', import.meta.url))
/** Of the site, what is no part of `/openapi.json`. */
const pages = [
  ...['/', '/charts/:region/:genre/:period', '/tracks/:trackId', '/playlists/:publicId', '/privacy', '/de'],
  ...['/de/charts/:region/:genre/:period', '/assets/:name', '/problems/:code', '/openapi.json'],
  ...['/search', '/embed/charts/:region/:genre/:period', '/feeds/charts/:region/:genre/week.atom', '/sitemap.xml'],
  ...['/sitemaps/charts-1.xml', '/robots.txt', '/developers', '/developers/api', '/playlists/:publicId/events'],
]
const forOperators = ['/healthz', '/readyz', '/metrics']

/** Of what is no service of Tonearm. `job` and `instance` every series has. */
const foreignMetrics: Readonly<Record<string, readonly string[]>> = {
  up: [],
  ClickHouseAsyncMetrics_DiskAvailable_default: [],
  ClickHouseAsyncMetrics_DiskTotal_default: [],
  ClickHouseAsyncMetrics_MaxPartCountForPartition: [],
  ClickHouseMetrics_Query: [],
  ClickHouseMetrics_MemoryTracking: [],
}

const started = new Map<Service, StartedService>()
const documents = new Map<Service, { paths: Record<string, unknown> }>()
/** Types of the metrics of all services, by name. */
const metrics = new Map<string, string>()

beforeAll(async () => {
  const secrets = secretsFolder()
  for (const name of services) {
    const service = await startAsCompose(name, secrets)
    started.set(name, service)
    documents.set(
      name,
      (await (await fetch(`${service.address}/openapi.json`)).json()) as { paths: Record<string, unknown> },
    ) // OpenAPI
    noteMetrics(await (await fetch(`${service.address}/metrics`)).text())
  }
  // Ingest makes its own only when it has log and store.
  const registry = new Registry()
  createIngestMetrics(registry)
  noteMetrics(await registry.metrics())
})

function noteMetrics(text: string): void {
  for (const [, metric = '', type = ''] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) metrics.set(metric, type)
}

const serviceOf = (name: Service) => {
  const service = started.get(name)
  if (service === undefined) throw new Error(`${name} was not started`)
  return service
}

describe('a container of compose.yaml', () => {
  it.each(services)(
    '%s starts with its command, its settings and its secrets, and has nowhere to write',
    async (name) => {
      const { address } = serviceOf(name)
      expect((await fetch(`${address}/healthz`)).status).toBe(200)
      // Log and store are away.
      expect((await fetch(`${address}/readyz`)).status).toBe(503)
    },
  )

  it('is well for its health check, and not any more when nothing answers', () => {
    const check = (port: string) => spawnSync(process.execPath, [healthCheck], { env: { PORT: port } }).status
    expect(check(new URL(serviceOf('site').address).port)).toBe(0)
    expect(check('1')).toBe(1)
  })
})

describe('a public route', () => {
  const publicPaths = (name: Service) => {
    const documented = Object.keys(documents.get(name)?.paths ?? {}).map((path) => path.replace(/\{(\w+)\}/g, ':$1'))
    return name === 'site' ? [...documented, ...pages] : documented
  }

  it.each(publicServices)('of %s is led there by Caddy and by the Ingress', (name) => {
    expect(publicPaths(name).length).toBeGreaterThan(0)
    for (const path of publicPaths(name)) {
      const example = path.replace(/:\w+/g, 'some')
      expect([path, caddyRoute(example)]).toEqual([path, name])
      expect([path, ingressRoute(example)]).toEqual([path, name])
    }
  })

  it('of the services that nobody calls there is none', () => {
    for (const name of services.filter((one) => !publicServices.some((other) => other === one))) {
      expect([name, publicPaths(name)]).toEqual([name, []])
    }
  })

  it('is none of those that operators ask', () => {
    for (const path of forOperators) {
      expect([path, caddyRoute(path)]).toEqual([path, undefined])
      expect([path, ingressRoute(path)]).toEqual([path, undefined])
    }
    // A mistyped address gets the page of the site that says so.
    expect(caddyRoute('/nothing/there')).toBe('site')
  })
})

describe('a metric', () => {
  const queries = [
    ...dashboardQueries,
    ...alertRules.map(({ alert, expr }) => ({ panel: `alert ${alert}`, query: expr })),
  ]
  /** Names under which Prometheus keeps a metric. */
  const seriesNames = () =>
    new Set([
      ...Object.keys(foreignMetrics),
      ...[...metrics].flatMap(([name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    ])

  it.each(queries)('that $panel asks for is one of a service', ({ query }) => {
    for (const { metric } of seriesOf(query)) expect([...seriesNames()], query).toContain(metric)
  })

  it('is read by its kind: a rate of what only grows, and of nothing else', () => {
    for (const { panel, query } of queries) {
      for (const [, metric = ''] of query.matchAll(/\b(?:rate|increase)\((\w+)/g)) {
        const type = metrics.get(metric.replace(/_(bucket|sum|count)$/, '')) ?? metrics.get(metric)
        expect([panel, metric, type]).toEqual([panel, metric, expect.stringMatching(/^(counter|histogram)$/)])
      }
    }
  })

  it('of Tonearm shows on the dashboard, so that none is kept for nobody', () => {
    const shown = new Set(dashboardQueries.flatMap(({ query }) => seriesOf(query).map(({ metric }) => metric)))
    // It ends every second; failures are counted.
    const elsewhere = ['tonearm_erasure_ended_timestamp_seconds']
    const own = [...metrics].filter(([name]) => name.startsWith('tonearm_') && !elsewhere.includes(name))
    const unshown = own.filter(
      ([name]) => ![name, `${name}_bucket`, `${name}_sum`, `${name}_count`].some((one) => shown.has(one)),
    )
    expect(unshown.map(([name]) => name)).toEqual([])
  })

  it('is grouped and chosen by labels that it may have', () => {
    const known = new Set(['job', 'instance', 'le', 'code', 'outcome', 'reason', 'route', 'method', 'status', 'lease'])
    for (const { query } of queries) {
      const asked = [...seriesOf(query).flatMap(({ labels }) => labels), ...groupingLabelsOf(query)]
      for (const label of asked) expect([...known], query).toContain(label)
    }
  })
})

it('a container ends in order when it is asked to', async () => {
  for (const name of services) expect([name, await serviceOf(name).stop()]).toEqual([name, 0])
})
