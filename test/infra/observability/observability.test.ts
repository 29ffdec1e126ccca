import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readInfra, readYaml } from '../infra-files.ts'
import { services } from '../services.ts'
import { alertRules } from './alert-rules.ts'
import { dashboard, dashboardQueries } from './dashboard-file.ts'
import { seriesOf } from './promql.ts'

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8')
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

/** What somebody has to be told of (issue 6), each by the alert that does. */
const needed = {
  'ingest is behind': 'IngestLag',
  'ingest is nearly as far behind as the log keeps': 'IngestLagNearsRetention',
  'nobody ingests': 'NoIngest',
  'an event could not be used': 'DeadLetters',
  'events were lost': 'IngestMissingEvents',
  'charts are old': 'ChartsTooOld',
  'nobody builds charts': 'NoChartsBuilder',
  'two build charts': 'TwoLeaseHolders',
  'an erasure takes too long': 'ErasuresOpenTooLong',
  'retention fails': 'RetentionFails',
  'uploads are rejected': 'UploadRejections',
  'uploads are refused': 'UploadUnavailable',
  'the log takes nothing': 'LogAppendFailures',
  'a service answers errors': 'ServerErrors',
  'processes start again and again': 'ProcessRestarts',
  'the disk of the store is nearly full': 'StoreDiskFull',
}

describe('an alert', () => {
  it.each(Object.entries(needed))('tells when %s', (_what, name) => {
    expect(alertRules.map(({ alert }) => alert)).toContain(name)
  })

  it.each(alertRules)('$alert says what is wrong, how bad it is, and where to read on', (rule) => {
    expect(rule.alert).toMatch(/^[A-Z][A-Za-z]+$/)
    expect(rule.labels['severity']).toMatch(/^(critical|warning)$/)
    expect(rule.annotations['summary']).toMatch(/^.{20,}[.]$/)
    expect(rule.annotations['runbook']).toMatch(/^docs\/operations\.md#[a-z-]+$/)
    expect(seriesOf(rule.expr).length).toBeGreaterThan(0)
    // One that looks back over a time of its own needs no other; one of the moment must last.
    if (rule.for === undefined) expect(rule.expr).toMatch(/\[\d+[mhd]/)
    else expect(rule.for).toMatch(/^\d+[mhd]$/)
  })

  it.each(alertRules)('$alert has its place in docs/operations.md', ({ annotations }) => {
    const [page = '', anchor] = (annotations['runbook'] ?? '').split('#')
    expect(anchorsOf(page)).toContain(anchor)
  })

  it('has a name and a place of its own', () => {
    expect(new Set(alertRules.map(({ alert }) => alert)).size).toBe(alertRules.length)
    expect(new Set(alertRules.map(({ annotations }) => annotations['runbook'])).size).toBe(alertRules.length)
  })
})

describe('Prometheus', () => {
  it('asks every service, under its name', () => {
    const [config] = readYaml('prometheus/prometheus.yml') as [
      {
        rule_files: string[]
        scrape_configs: { job_name: string; dns_sd_configs?: { names: string[]; port: number }[] }[]
      },
    ] // as written
    const asked = config.scrape_configs.filter(({ dns_sd_configs }) => dns_sd_configs !== undefined)
    expect(asked.map(({ job_name }) => job_name)).toEqual([...services])
    for (const { job_name, dns_sd_configs = [] } of asked) {
      expect(dns_sd_configs).toMatchObject([{ names: [job_name], port: 8080 }])
    }
    expect(config.rule_files).toEqual(['alerts.yml'])
  })
})

describe('the dashboard', () => {
  const panels = dashboard.panels.filter(({ type }) => type !== 'row')

  it('is found by Grafana with its source of data', () => {
    const [sources] = readYaml('grafana/provisioning/datasources/prometheus.yaml') as [
      { datasources: { uid: string }[] },
    ] // as written
    const uids = panels.flatMap(({ datasource, targets = [] }) => [
      datasource?.uid,
      ...targets.map((one) => one.datasource.uid),
    ])
    expect(new Set(uids)).toEqual(new Set(sources.datasources.map(({ uid }) => uid)))
    const [providers] = readYaml('grafana/provisioning/dashboards/dashboards.yaml') as [
      { providers: { options: { path: string } }[] },
    ] // as written
    expect(readInfra('compose.yaml')).toContain(
      `./grafana/dashboard.json:${providers.providers[0]?.options.path}/dashboard.json:ro`,
    )
  })

  it('has a panel for each stage of a play, and for what is taken back', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)
    expect(rows).toEqual([
      'At a glance',
      'Upload',
      'Ingest',
      'Charts',
      'Privacy',
      'Requests',
      'Analysts',
      'Processes',
      'Store',
    ])
    for (const { title, targets = [] } of panels) expect([title, targets.length > 0]).toEqual([title, true])
    expect(dashboardQueries.length).toBeGreaterThan(40)
  })

  it('has each panel in a place of its own', () => {
    const taken = new Set<string>()
    for (const { title, gridPos } of dashboard.panels) {
      expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true])
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect([title, taken.has(`${x} ${y}`)]).toEqual([title, false])
          taken.add(`${x} ${y}`)
        }
      }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  })
})
