import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { AccountEvent } from '#schemas/events/account-event.ts'
import { type ColumnLabel, columns, databaseAudiences } from '#schemas/privacy/columns.ts'
import { eventFields, type FieldLabel, playlistFields, profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import {
  type LabelName,
  labels,
  type PrivacyLabel,
  type RetentionRuleName,
  retentionRules,
} from '#schemas/privacy/labels.ts'
import { Playlist } from '#schemas/records/chart.ts'
import { Profile, ProfilePatch } from '#schemas/records/profile.ts'
import { OwnSession, OwnSessionSummary, Session, SessionPatch, SessionUpload } from '#schemas/records/session.ts'

/** The paths of all values in a record, as `tracks[].tags.title`. */
function pathsOf(schema: TSchema, path = ''): string[] {
  const { properties, items, anyOf } = schema as { properties?: object; items?: TSchema; anyOf?: TSchema[] }
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([name, member]) => pathsOf(member as TSchema, below(name)))
  }
  if (items !== undefined) return pathsOf(items, `${path}[]`)
  const nested = (anyOf ?? []).flatMap((member) => pathsOf(member, path)).filter((found) => found !== path)
  return nested.length > 0 ? nested : [path]
}

const pathsOfAll = (...schemas: TSchema[]) => [...new Set(schemas.flatMap((schema) => pathsOf(schema)))].sort()

/** The label of a path in an account event: of its envelope, of the session or of the profile in it. */
function labelInEvent(path: string): FieldLabel | undefined {
  if (path.startsWith('patch.')) return profileFields[path.slice('patch.'.length)]
  const inSession = /^(?:session|choices)\.(.+)$/.exec(path)?.[1]
  return inSession === undefined ? eventFields[path] : sessionFields[inSession]
}

const labelOf = (name: string): PrivacyLabel | undefined => (name in labels ? labels[name as LabelName] : undefined)

describe('the label of a field', () => {
  it('stands for every field of a session', () => {
    expect(pathsOfAll(SessionUpload, Session, OwnSession, OwnSessionSummary, SessionPatch)).toEqual(
      Object.keys(sessionFields).sort(),
    )
  })

  it('stands for every field of a profile', () => {
    expect(pathsOfAll(Profile, ProfilePatch)).toEqual(Object.keys(profileFields).sort())
  })

  it('stands for every field of a public playlist, and lets everybody read it', () => {
    expect(pathsOfAll(Playlist)).toEqual(Object.keys(playlistFields).sort())
    for (const [path, name] of Object.entries(playlistFields)) {
      expect(labelOf(name)?.audiences, path).toContain('public-if-public')
    }
  })

  it('stands for every field of an account event, and none there is one that is not kept', () => {
    for (const path of pathsOfAll(AccountEvent)) {
      expect(labelInEvent(path), path).toBeDefined()
      expect(labelInEvent(path), path).not.toBe('not-kept')
    }
  })
})

/** The columns of every table, as the engine itself names them after all migrations; without what only repeats its names. */
async function readColumns(): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const store = openEmbeddedStore({ folder })
  try {
    await migrate(store, () => 0)
    const rows = await store
      .connect('migrate')
      .rows<{ name: string; columns: string[] }>(
        "SELECT concat(database, '.', table) AS name, groupArray(system.columns.name) AS columns FROM system.columns WHERE lower(database) NOT IN ('system', 'information_schema', 'analytics_system') GROUP BY 1",
      )
    return new Map(rows.map(({ name, columns }) => [name, columns]))
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const tables = await readColumns()

describe('the label of a column', () => {
  it('stands for every column of every table, and for no other', () => {
    expect([...tables.keys()].sort()).toEqual(Object.keys(columns).sort())
    for (const [table, names] of tables)
      expect([...names].sort(), table).toEqual(Object.keys(columns[table] ?? {}).sort())
  })

  it('lets the audience of the database read it', () => {
    for (const { table, column, label } of labelledColumns()) {
      const audience = databaseAudiences[table.split('.')[0] ?? ''] ?? 'nobody'
      expect(label.audiences, `${table}.${column}, read by ${audience}`).toContain(audience)
    }
  })

  it('names a retention rule that reaches the table, for every table with personal data', () => {
    for (const table of new Set(labelledColumns().map(({ table }) => table))) {
      const rules = labelledColumns()
        .filter((entry) => entry.table === table && entry.label.keep !== 'as-its-row')
        .map(({ label }) => label.keep)
      expect(rules.length, table).toBeGreaterThan(0)
      // What a build holds in hand goes with the build, long before the rules of its labels would have it.
      const reach = (rule: RetentionRuleName) => [...retentionRules[rule].tables, ...retentionRules.build.tables]
      for (const rule of rules) expect(reach(rule), `${table} by the rule ${rule}`).toContain(table)
    }
  })

  it('stands in no retention rule for a table that does not exist', () => {
    for (const table of Object.values(retentionRules).flatMap(({ tables }) => tables))
      expect(tables.has(table)).toBe(true)
  })

  it('is that of the field of the session which the column keeps, and every field has a column', () => {
    const renamed: Record<string, string> = { id: 'session_id', contributeToCharts: 'contribute' }
    for (const path of pathsOfAll(Session)) {
      const column =
        renamed[path] ??
        path
          .replace('tracks[].', 'tracks.')
          .replace('.tags.', '.')
          .replace(/^(software|system)\./, '$1_')
          .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      expect(columns['playlists.sessions']?.[column], `${path} in ${column}`).toBe(sessionFields[path])
    }
  })

  it('keeps the city and the owner key for their DJ, and the contributor for the chart builder', () => {
    expect(labels.city.audiences).toEqual(['owner'])
    expect(labels['owner-key'].audiences).toEqual(['owner'])
    expect(labels.contributor.audiences).toEqual(['charts'])
  })
})

function labelledColumns(): { table: string; column: string; label: PrivacyLabel }[] {
  return Object.entries(columns).flatMap(([table, ofTable]) =>
    Object.entries(ofTable).flatMap(([column, name]: [string, ColumnLabel]) => {
      const label = labelOf(name)
      return label === undefined ? [] : [{ table, column, label }]
    }),
  )
}
