import { describe, expect, it } from 'vitest'
import { kafkaAccounts } from '../../../infra/kafka/acls/acls.ts'
import { EVENT_PARTITIONS_DEFAULT } from '../../../infra/kafka/topics.ts'
import { readYaml } from '../infra-files.ts'
import { jobs, publicServices, services } from '../services.ts'
import { type Manifest, manifestFiles, manifests, named, ofKind, podEnvironment, podSpecs } from './manifests.ts'
import { typeErrors } from './type-check.ts'

const objects = manifests.map(({ object }) => object)
const pods = [...podSpecs()]
/** Ready at the latest, and ended. */
const DRAIN_SECONDS = 10

describe('the manifests', () => {
  it('are what Kubernetes takes, down to every field', () => {
    const [deployment] = objects.filter(({ kind }) => kind === 'Deployment')
    const slip = { ...deployment, spec: { ...named('Deployment', 'site').spec, replicsa: 2 } }
    expect(typeErrors([slip as unknown as Manifest])).toEqual([expect.stringContaining('replicsa')])
    expect(typeErrors(objects)).toEqual([])
  })

  it('are all applied, but for the template of the Secrets', () => {
    const [kustomization] = readYaml('k8s/kustomization.yaml') as [{ resources: string[]; images: { name: string }[] }] // as written
    const applied = kustomization.resources.map((name) => `k8s/${name}`)
    expect([...applied, 'k8s/secrets-template.yaml'].sort()).toEqual(manifestFiles)
    expect(kustomization.images.map(({ name }) => name)).toEqual(['tonearm'])
  })

  it('have each object once, under a name that Kubernetes takes', () => {
    const keys = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { metadata } of objects) expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
  })

  it('have every service and job, and nothing else', () => {
    expect([...ofKind('Deployment').keys()].sort()).toEqual([...services].sort())
    expect([...ofKind('Job').keys()].sort()).toEqual([...jobs].sort())
    expect([...ofKind('PodDisruptionBudget').keys()].sort()).toEqual([...services].sort())
    expect([...ofKind('Service').keys()].sort()).toEqual([...publicServices].sort())
    const scaled = [...ofKind('HorizontalPodAutoscaler').keys(), ...ofKind('ScaledObject').keys()]
    const fixed = services.filter((name) => named('Deployment', name).spec?.replicas !== undefined)
    // A fixed number and one that is worked out would take turns.
    expect([...scaled, ...fixed].sort()).toEqual([...services].sort())
    expect(fixed).toEqual(['charts', 'privacy'])
  })

  it('hold no secret', () => {
    for (const [name, { stringData = {}, data }] of ofKind('Secret')) {
      expect(data, name).toBeUndefined()
      expect(new Set(Object.values(stringData)), name).toEqual(new Set(['']))
    }
  })
})

describe('a pod', () => {
  it.each(pods)('%s is not root, writes nothing, and may do nothing on its node or in the cluster', (_name, pod) => {
    expect(pod.automountServiceAccountToken).toBe(false)
    // Kubernetes would make settings of the names of Services, and a service refuses those that it does not know.
    expect(pod.enableServiceLinks).toBe(false)
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(pod.containers).toHaveLength(1)
    for (const { image, securityContext, resources } of pod.containers) {
      expect(image).toBe('tonearm')
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(Object.keys(resources?.requests ?? {}).sort()).toEqual(['cpu', 'memory'])
      expect(resources?.limits).toHaveProperty('memory')
    }
    const writable = (pod.volumes ?? []).filter(
      ({ secret, configMap }) => secret === undefined && configMap === undefined,
    )
    expect(writable).toEqual([])
  })

  it.each(services)('of %s tells whether it lives and whether it is ready, and has time to end', (name) => {
    const pod = podSpecs().get(name)
    const [container] = pod?.containers ?? []
    expect(container?.args).toEqual([`services/${name}/main.ts`])
    expect(container?.startupProbe?.httpGet).toEqual({ path: '/healthz', port: 'http' })
    expect(container?.livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'http' })
    expect(container?.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'http' })
    // A dependency that gives no answer costs the check two seconds.
    expect(container?.readinessProbe?.timeoutSeconds).toBeGreaterThan(2)
    const pause = container?.lifecycle?.preStop?.sleep?.seconds ?? 0
    expect(pause).toBeGreaterThan(0)
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(pause + DRAIN_SECONDS)
  })

  it.each(services)('of %s is kept apart from others of its kind, and from being taken away with them', (name) => {
    const { spec } = named('Deployment', name)
    const labels = spec?.selector.matchLabels
    expect(spec?.template.metadata?.labels).toMatchObject({ ...labels, 'app.kubernetes.io/part-of': 'tonearm' })
    const spread = spec?.template.spec?.topologySpreadConstraints ?? []
    expect(spread.map(({ topologyKey }) => topologyKey)).toEqual([
      'kubernetes.io/hostname',
      'topology.kubernetes.io/zone',
    ])
    for (const { labelSelector } of spread) expect(labelSelector?.matchLabels).toEqual(labels)
    expect(named('PodDisruptionBudget', name).spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: labels } })
    expect(spec?.strategy?.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 })
  })

  it.each(pods)('%s takes only Secrets that the template names, and the template names no others', (name) => {
    const template = [...ofKind('Secret')].flatMap(([secret, { stringData = {} }]) =>
      Object.keys(stringData).map((key) => `${secret}/${key}`),
    )
    for (const place of Object.values(podEnvironment(name).secrets)) expect(template).toContain(place)
    const taken = pods.flatMap(([one]) => Object.values(podEnvironment(one).secrets))
    expect([...new Set(taken), 'master-key/master.key'].sort()).toEqual(template.sort())
  })
})

describe('a network policy', () => {
  const policyOf = (name: string) => named('NetworkPolicy', name).spec
  const namespacesOf = (peers: readonly { namespaceSelector?: { matchLabels?: Record<string, string> } }[] = []) =>
    peers.flatMap(
      ({ namespaceSelector }) => namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? 'outside',
    )

  it('forbids everything that no other allows', () => {
    expect(policyOf('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
  })

  it.each([...services, ...jobs])('of %s lets it speak to what it needs, and to nothing else', (name) => {
    const isJobOfLog = name === 'topics' || name === 'acls'
    const usesLog = isJobOfLog || kafkaAccounts.some((account) => account === name)
    const { values } = podEnvironment(name)
    const expected = [
      ...(isJobOfLog ? [] : ['clickhouse']),
      ...(usesLog ? ['kafka'] : []),
      ...('AUTH_JWKS_URL' in values ? ['outside'] : []),
    ]
    const spec = policyOf(name)
    expect(spec?.podSelector?.matchLabels).toEqual({ 'app.kubernetes.io/name': name })
    expect(spec?.egress?.flatMap(({ to = [] }) => namespacesOf(to))).toEqual(expected)
    // The settings name the same.
    expect(values['CLICKHOUSE_URL'] !== undefined).toBe(expected.includes('clickhouse'))
    expect(values['KAFKA_BROKERS'] !== undefined).toBe(usesLog)
    for (const { ports = [] } of spec?.egress ?? []) expect(ports).toHaveLength(1)
  })

  it('lets people in to the public services alone, by way of the Ingress', () => {
    for (const name of [...services, ...jobs]) {
      const isPublic = publicServices.some((one) => one === name)
      const from = policyOf(name)?.ingress?.flatMap(({ from: peers = [] }) => namespacesOf(peers))
      expect(from, name).toEqual(isPublic ? ['ingress'] : undefined)
    }
  })

  it('is there for each service and job, the names, the metrics, and nothing else', () => {
    const others = ['default-deny', 'names', 'metrics']
    expect([...ofKind('NetworkPolicy').keys()].sort()).toEqual([...others, ...services, ...jobs].sort())
  })
})

describe('ingest', () => {
  const { spec } = named('ScaledObject', 'ingest')
  const partitions = Number(
    /--partitions,(\d+)/.exec(podSpecs().get('topics')?.containers[0]?.args?.join(',') ?? '')?.[1],
  )

  it('has never more processes than the log has partitions', () => {
    expect(partitions).toBe(EVENT_PARTITIONS_DEFAULT)
    expect(spec.maxReplicaCount).toBeLessThanOrEqual(partitions)
    expect(spec.fallback?.replicas).toBeLessThanOrEqual(spec.maxReplicaCount)
    expect(spec.minReplicaCount).toBeGreaterThanOrEqual(2)
  })

  it('is scaled by how far it is behind', () => {
    expect(spec.scaleTargetRef.name).toBe('ingest')
    expect(spec.triggers.map(({ metadata }) => metadata.query)).toEqual(['max(tonearm_ingest_lag_events)'])
    for (const { metadata } of spec.triggers) expect(Number(metadata.threshold)).toBeGreaterThan(0)
  })
})
