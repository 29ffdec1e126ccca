import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toClusterQuery, toClusterStatements } from '#platform/store/cluster-statements.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { splitStatements } from '#platform/store/split-statements.ts'
import { deleteOldStatement, rotatedTables } from '../../../services/privacy/rotation/rotated-tables.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const statements = readdirSync(`${root}schemas/tables`)
  .sort()
  .flatMap((file) => splitStatements(readFileSync(`${root}schemas/tables/${file}`, 'utf8')))

const forCluster = (statement: string) => toClusterStatements(statement, 'music')
const tableOf = (statement: string) => /^CREATE TABLE IF NOT EXISTS ([\w.]+)/.exec(statement)?.[1]
const keyOf = (statement: string) => /ORDER BY \(?([\w, ]+)/.exec(statement)?.[1]?.split(/, /) ?? []
const shardingOf = (statement: string) => /Distributed\('music', '(\w+)', '(\w+)', (.+)\) COMMENT/.exec(statement)

interface Table {
  readonly name: string
  readonly key: readonly string[]
  readonly isReplacing: boolean
  readonly sharding: string
}

const tables: readonly Table[] = statements.flatMap((statement) => {
  const name = tableOf(statement)
  if (name === undefined) return []
  const sharding = shardingOf(forCluster(statement)[1] ?? '')?.[3] ?? 'none'
  return [{ name, key: keyOf(statement), isReplacing: statement.includes('ReplacingMergeTree'), sharding }]
})

describe('the tables of a cluster', () => {
  it('are one of each shard and one over all of them, for each table of one server', () => {
    expect(tables.length).toBeGreaterThan(30)
    const made = statements.flatMap(forCluster).flatMap((statement) => tableOf(statement) ?? [])
    expect(made.sort()).toEqual(tables.flatMap(({ name }) => [name, `${name}_local`]).sort())
    for (const statement of statements.filter(tableOf)) {
      const [local = '', over = ''] = forCluster(statement)
      const [database, name] = tableOf(statement)?.split('.') ?? []
      expect(shardingOf(over)?.slice(1, 3)).toEqual([database, `${name}_local`])
      expect(local).toContain(`'/clickhouse/tables/{shard}/${database}/${name}', '{replica}'`)
    }
  })

  it('have all versions of a row on one shard', () => {
    const column = (sharding: string) => /^(?:cityHash64\()?(\w+)\)?$/.exec(sharding)?.[1] ?? ''
    for (const { name, key, isReplacing, sharding } of tables) {
      if (sharding !== '0' && isReplacing) expect(key, name).toContain(column(sharding))
    }
  })

  it('are spread by who they are of: charts by contributor, playlists by owner', () => {
    const spreadBy = (key: string) => tables.filter(({ sharding }) => sharding === key).map(({ name }) => name)
    expect(spreadBy('contributor')).toEqual(
      expect.arrayContaining(['charts.contributions', 'charts.bases', 'charts.changes', 'charts.build_pairs']),
    )
    expect(spreadBy('cityHash64(owner)')).toContain('playlists.sessions')
    expect(spreadBy('cityHash64(public_id)')).toEqual(['playlists.public_sessions'])
    expect(spreadBy('0')).toEqual(
      expect.arrayContaining(['charts.published', 'operations.facts', 'playlists.erasures']),
    )
  })

  it('are the tables of one server, but for their place', () => {
    for (const statement of statements.filter((text) => !text.startsWith('ALTER'))) {
      const [first = ''] = forCluster(statement)
      const takenBack = first
        .replace('_local', '')
        .replace(" ON CLUSTER 'music'", '')
        .replace(/Replicated(\w+)\('[^']*', '[^']*'(?:, )?/, '$1(')
        .replace('MergeTree()', 'MergeTree')
      expect(takenBack).toBe(statement)
    }
  })

  it('get new columns on each shard first, and settings there alone', () => {
    expect(forCluster('ALTER TABLE a.b ADD COLUMN IF NOT EXISTS c UInt8')).toEqual([
      "ALTER TABLE a.b_local ON CLUSTER 'music' ADD COLUMN IF NOT EXISTS c UInt8",
      "ALTER TABLE a.b ON CLUSTER 'music' ADD COLUMN IF NOT EXISTS c UInt8",
    ])
    expect(forCluster('ALTER TABLE a.b MODIFY SETTING old_parts_lifetime = 1')).toEqual([
      "ALTER TABLE a.b_local ON CLUSTER 'music' MODIFY SETTING old_parts_lifetime = 1",
    ])
  })
})

const running = [
  'ALTER TABLE charts.bases APPLY DELETED MASK SETTINGS mutations_sync = 2',
  "ALTER TABLE charts.bases DROP PARTITION ID 'none'",
  "ALTER TABLE charts.merges UPDATE decided_by = '' WHERE track = 1 SETTINGS mutations_sync = 2",
  "DELETE FROM charts.bases WHERE kind = 'week'",
  'DELETE FROM charts.changes WHERE mark IN (SELECT mark FROM charts.build_marks)',
  'TRUNCATE TABLE charts.build_pairs',
  'OPTIMIZE TABLE charts.bases FINAL CLEANUP SETTINGS optimize_throw_if_noop = 1',
  "KILL MUTATION WHERE database = 'charts' AND table = 'bases' AND is_done SYNC",
  "KILL QUERY WHERE query_id != queryID() AND position(query, 'charts.build_') > 0 SYNC",
  'CREATE DATABASE IF NOT EXISTS leases',
  'CREATE TABLE leases.charts_1 (term UInt64) ENGINE = Memory',
  'RENAME TABLE leases.charts_1 TO leases.charts_2',
  'DROP TABLE leases.charts_1',
]

describe('statements to a cluster', () => {
  it('are understood by the engine, all that make tables and all that change them', async () => {
    const store = openEmbeddedStore({ folder: temporaryFolder() })
    onTestFinished(() => store.close())
    const connection = store.connect('migrate')
    for (const statement of [...statements, ...running].flatMap(forCluster)) {
      const parsed = connection.rows<{ text: string }>('SELECT formatQuerySingleLine({statement:String}) AS text', {
        statement,
      })
      await expect(parsed, statement).resolves.toEqual([{ text: expect.stringMatching(/ON CLUSTER `?music`?/) }])
    }
  })

  it('change what is on the shards, on all of them', () => {
    const changing = running.filter((statement) => !/^CREATE|leases|KILL/.test(statement))
    for (const statement of changing) expect(forCluster(statement).at(-1)).toMatch(/_local ON CLUSTER 'music'/)
  })

  it('delete by what stands on the same shard, once every server has it', () => {
    expect(forCluster('DELETE FROM charts.changes WHERE mark IN (SELECT mark FROM charts.build_marks)')).toEqual([
      "SYSTEM SYNC REPLICA ON CLUSTER 'music' charts.build_marks_local",
      "DELETE FROM charts.changes_local ON CLUSTER 'music' WHERE mark IN (SELECT mark FROM charts.build_marks_local)",
    ])
    expect(forCluster('DELETE FROM a.b WHERE c IN (SELECT c FROM a.b WHERE d)')).toEqual([
      "DELETE FROM a.b_local ON CLUSTER 'music' WHERE c IN (SELECT c FROM a.b_local WHERE d)",
    ])
  })

  it('delete by no table that is spread otherwise', () => {
    const sources = readdirSync(`${root}services`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|sql)$/.test(file))
      .map((file) => readFileSync(`${root}services/${file}`, 'utf8'))
    const deletions = [
      ...sources.flatMap((source) => [...source.matchAll(/(['`])DELETE FROM (?:(?!\1).)*\1/gs)].map(([text]) => text)),
      ...rotatedTables.map(deleteOldStatement),
    ]
    const asking = deletions
      .map((text) => [...text.matchAll(/FROM (\w+\.\w+)/g)].map(([, name]) => name))
      .filter((named) => new Set(named).size > 1)
    expect(asking.length).toBeGreaterThan(3)
    for (const named of asking) {
      const shardings = named.map((name) => tables.find((table) => table.name === name)?.sharding)
      expect(new Set(shardings).size, named.join(', ')).toBe(1)
    }
  })

  it('leave queries and inserts as they are, but for what the engine tells of itself', () => {
    expect(forCluster('INSERT INTO charts.bases SELECT 1')).toEqual(['INSERT INTO charts.bases SELECT 1'])
    expect(toClusterQuery('SELECT 1 FROM charts.bases', 'music')).toBe('SELECT 1 FROM charts.bases')
    expect(toClusterQuery('SELECT table FROM system.parts WHERE active', 'music')).toBe(
      "SELECT table FROM (SELECT * REPLACE (replaceRegexpOne(table, '_local$', '') AS table) FROM clusterAllReplicas('music', system.parts)) WHERE active",
    )
  })
})
