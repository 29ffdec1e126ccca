/**
 * The objects in `infra/k8s`, read, by kind and name.
 * @module
 */
import type { Deployment } from 'kubernetes-types/apps/v1.d.ts'
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.d.ts'
import type { Job } from 'kubernetes-types/batch/v1.d.ts'
import type { ConfigMap, Namespace, PodSpec, Secret, Service } from 'kubernetes-types/core/v1.d.ts'
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts'
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.d.ts'
import { infraFiles, readYaml } from '../infra-files.ts'
import type { PodMonitor, ScaledObject } from './custom-resources.ts'

interface Kinds {
  ConfigMap: ConfigMap
  Deployment: Deployment
  HorizontalPodAutoscaler: HorizontalPodAutoscaler
  Ingress: Ingress
  Job: Job
  Namespace: Namespace
  NetworkPolicy: NetworkPolicy
  PodDisruptionBudget: PodDisruptionBudget
  PodMonitor: PodMonitor
  ScaledObject: ScaledObject
  Secret: Secret
  Service: Service
}
export type Kind = keyof Kinds

export interface Manifest {
  readonly kind: Kind
  readonly apiVersion: string
  readonly metadata: { readonly name: string }
}

export const manifestFiles = infraFiles('.yaml').filter(
  (path) => path.startsWith('k8s/') && !path.endsWith('kustomization.yaml'),
)

/** Every object, with its file. A test holds each to the types of its kind. */
export const manifests = manifestFiles.flatMap((path) =>
  readYaml(path).map((object) => ({ path, object: object as Manifest })),
)

/** All of a kind, by name. */
export function ofKind<K extends Kind>(kind: K): ReadonlyMap<string, Kinds[K]> {
  const found = manifests.filter(({ object }) => object.kind === kind)
  return new Map(found.map(({ object }) => [object.metadata.name, object as unknown as Kinds[K]])) // held to it by a test
}

export function named<K extends Kind>(kind: K, name: string): Kinds[K] {
  const object = ofKind(kind).get(name)
  if (object === undefined) throw new Error(`infra/k8s has no ${kind} ${name}`)
  return object
}

/** The pods of all Deployments and Jobs, by name. */
export function podSpecs(): ReadonlyMap<string, PodSpec> {
  const templates = [...ofKind('Deployment'), ...ofKind('Job')].map(
    ([name, { spec }]) => [name, spec?.template.spec] as const,
  )
  return new Map(
    templates.flatMap(([name, spec]) => (spec === undefined || spec === null ? [] : [[name, spec] as const])),
  )
}

/** The environment of a pod's container: settings with their values, and those that come from Secrets with their place. */
export function podEnvironment(name: string): {
  readonly values: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
} {
  const [container] = podSpecs().get(name)?.containers ?? []
  const values: Record<string, string> = {}
  const secrets: Record<string, string> = {}
  for (const { configMapRef } of container?.envFrom ?? []) {
    if (configMapRef?.name !== undefined) Object.assign(values, named('ConfigMap', configMapRef.name).data)
  }
  for (const { name: setting, value, valueFrom } of container?.env ?? []) {
    const { secretKeyRef, configMapKeyRef } = valueFrom ?? {}
    if (secretKeyRef) secrets[setting] = `${secretKeyRef.name}/${secretKeyRef.key}`
    else if (configMapKeyRef?.name)
      values[setting] = named('ConfigMap', configMapKeyRef.name).data?.[configMapKeyRef.key] ?? ''
    else values[setting] = value ?? ''
  }
  return { values, secrets }
}
