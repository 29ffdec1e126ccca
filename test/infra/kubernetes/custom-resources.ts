/**
 * Of the objects that are not Kubernetes' own what is used here. Sources: KEDA 2, "ScaledObject specification" and
 * "Prometheus trigger"; Prometheus operator, "PodMonitor".
 * @module
 */
import type { HorizontalPodAutoscalerBehavior } from 'kubernetes-types/autoscaling/v2.d.ts'
import type { LabelSelector, ObjectMeta } from 'kubernetes-types/meta/v1.d.ts'

export interface ScaledObject {
  apiVersion: 'keda.sh/v1alpha1'
  kind: 'ScaledObject'
  metadata: ObjectMeta
  spec: {
    scaleTargetRef: { apiVersion?: string; kind?: string; name: string }
    minReplicaCount: number
    maxReplicaCount: number
    pollingInterval?: number
    cooldownPeriod?: number
    triggers: {
      type: 'prometheus'
      /** Numbers, too, are texts here. */
      metadata: { serverAddress: string; query: string; threshold: string; activationThreshold?: string }
    }[]
    fallback?: { failureThreshold: number; replicas: number }
    advanced?: { horizontalPodAutoscalerConfig?: { behavior?: HorizontalPodAutoscalerBehavior } }
  }
}

export interface PodMonitor {
  apiVersion: 'monitoring.coreos.com/v1'
  kind: 'PodMonitor'
  metadata: ObjectMeta
  spec: {
    selector: LabelSelector
    podMetricsEndpoints: {
      port: string
      path?: string
      interval?: string
      relabelings?: { sourceLabels: string[]; targetLabel: string }[]
    }[]
  }
}
