/**
 * `infra/prometheus/alerts.yml`, read.
 * @module
 */
import { readYaml } from '../infra-files.ts'

export interface AlertRule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

const [file] = readYaml('prometheus/alerts.yml') as [{ groups: { name: string; rules: AlertRule[] }[] }] // a test looks at each

export const alertRules: readonly AlertRule[] = file.groups.flatMap(({ rules }) => rules)
