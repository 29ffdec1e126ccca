/**
 * `infra/grafana/dashboard.json`, read.
 * @module
 */
import { readInfra } from '../infra-files.ts'

export interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly datasource?: { readonly type: string; readonly uid: string }
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[]
}

export interface Dashboard {
  readonly uid: string
  readonly title: string
  readonly panels: readonly Panel[]
}

export const dashboard: Dashboard = JSON.parse(readInfra('grafana/dashboard.json'))

/** Every query, with the panel that it stands in. */
export const dashboardQueries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ panel: title, query: expr })),
)
