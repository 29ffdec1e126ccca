/** Holds docs/operations.md against what it tells of: metrics, settings, commands and alerts. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allSettings } from '#platform/config/settings.ts'
import { alertRules } from '../infra/observability/alert-rules.ts'

const root = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const text = read('docs/operations.md')

/** What is written like a setting and is none of ours: of Node.js, of Kafka's tools, of ClickHouse. */
const strangers: ReadonlySet<string> = new Set(['NODE_EXTRA_CA_CERTS', 'NOT_ENOUGH_SPACE'])

const services = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'services'], {
  cwd: fileURLToPath(root),
})
  .toString()
  .split('\0')
  .filter((file) => file.endsWith('.ts'))

/** Every metric that a service registers. */
const metrics = new Set(
  services.flatMap((file) =>
    [...read(file).matchAll(/\bname: '(tonearm_[a-z_]+)'/g)].flatMap(([, name]) => name ?? []),
  ),
)

const unique = (names: Iterable<string>) => [...new Set(names)].sort()
const found = (pattern: RegExp, among = text) => unique([...among.matchAll(pattern)].flatMap(([, name]) => name ?? []))
/** As a heading is linked to. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')

describe('docs/operations.md', () => {
  it('has every metric of the services in its table, and no other', () => {
    const table = /<!-- metrics: [\s\S]*?-->([\s\S]*?)<!-- \/metrics -->/.exec(text)?.[1] ?? ''
    expect(found(/^\| `(tonearm_\w+)` \| [^|]+ \| \S/gm, table)).toEqual(unique(metrics))
  })

  it('names no metric that there is not', () => {
    expect(found(/\b(tonearm_[a-z_]+)/g).filter((name) => !metrics.has(name))).toEqual([])
  })

  it('names no setting that there is not', () => {
    const named = found(/\b([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])\b/g)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !(name in allSettings) && !strangers.has(name))).toEqual([])
  })

  it('names no command that package.json does not have', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = found(/npm (?:run (?:-s )?)([a-z]+(?::[a-z]+)?)/g)
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('has a section for every alert, and for no other', () => {
    const alerts = text.slice(text.indexOf('\n## Alerts\n'))
    const sections = [...alerts.matchAll(/^### (.+)$/gm)].flatMap(([, heading]) => anchorOf(heading ?? ''))
    expect(sections.length).toBeGreaterThan(0)
    expect(sections.map((anchor) => `docs/operations.md#${anchor}`).sort()).toEqual(
      alertRules.map(({ annotations }) => annotations['runbook'] ?? '').sort(),
    )
  })

  it('links within itself only to headings that it has', () => {
    const headings = new Set([...text.matchAll(/^##+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? '')))
    expect(found(/\]\(#([^)]+)\)/g).filter((anchor) => !headings.has(anchor))).toEqual([])
  })
})
