/**
 * Turns the statements that are written for one server into those for a cluster: tables are replicated on each shard, and
 * under their own names stands what reads and writes all shards. What changes rows or tables goes to the shards' own.
 *
 * `charts.bases` is then a Distributed table over `charts.bases_local`; nothing but this file and the servers knows the
 * second name (`docs/decisions/0017-clickhouse-over-http-and-clusters.md`).
 * @module
 */
import { readTokens, type Token } from '../clickhouse-http/tokens.ts'

/**
 * Columns by which rows are spread: the first of them that is in a table's key, so that all rows that replace each other
 * lie on one shard. Where none do, it is enough that the column is there. Rows of a table without one lie on one shard.
 */
const shardingColumns: readonly (readonly [column: string, key: string])[] = [
  ['contributor', 'contributor'],
  ['owner', 'cityHash64(owner)'],
  ['public_id', 'cityHash64(public_id)'],
]
const ONE_SHARD = '0'

/** Changes of a table's columns, which the Distributed table has too. */
const ofColumns = /^(ADD|DROP|MODIFY|COMMENT|RENAME)\s+COLUMN\b/i

/** What is written for one server, as it is sent to a cluster, in order. Queries and inserts stay as they are. */
export function toClusterStatements(statement: string, cluster: string): readonly string[] {
  const onCluster = `ON CLUSTER '${cluster}'`
  const form = forms.find(({ pattern }) => pattern.test(statement))
  return form === undefined ? [statement] : form.write(form.pattern.exec(statement) ?? [], { cluster, onCluster })
}

/** A query as it is sent to a cluster: what the engine tells of its own tables is told of every server's. */
export function toClusterQuery(sql: string, cluster: string): string {
  const named = (column: string) => `* REPLACE (replaceRegexpOne(${column}, '_local$', '') AS ${column})`
  const source = (table: string) =>
    table === 'tables'
      ? `SELECT ${named('name')} FROM system.tables WHERE engine != 'Distributed'`
      : `SELECT ${named('table')} FROM clusterAllReplicas('${cluster}', system.${table})`
  return sql.replaceAll(/\bFROM system\.(parts|mutations|tables)\b/g, (_, table: string) => `FROM (${source(table)})`)
}

interface Place {
  readonly cluster: string
  readonly onCluster: string
}

interface Form {
  readonly pattern: RegExp
  readonly write: (parts: readonly string[], place: Place) => readonly string[]
}

/** `database.table` at the end of a pattern, so that the rest of the statement follows. */
const name = String.raw`(\w+\.\w+)`

const forms: readonly Form[] = [
  {
    pattern: /^(KILL QUERY )WHERE (.*?)( SYNC)?$/is,
    // What ends statements on every server names them too, and must not end itself.
    write: ([, head, condition, end = ''], { onCluster }) => [
      `${head}${onCluster} WHERE position(query, 'KILL QUERY') = 0 AND (${condition})${end}`,
    ],
  },
  {
    // The empty table whose name is a lease's term: on every server, and taken on all of them in the one order of Keeper.
    pattern: /^((?:CREATE|DROP) TABLE leases\.[a-z]+_\d+)(.*)$/is,
    write: ([, head, rest], { onCluster }) => [`${head} ${onCluster}${rest}`],
  },
  {
    pattern: /^(RENAME TABLE .*)$/is,
    write: ([, statement], { onCluster }) => [`${statement} ${onCluster}`],
  },
  {
    pattern: /^(CREATE DATABASE (?:IF NOT EXISTS )?\w+)(.*)$/is,
    write: ([, head, rest], { onCluster }) => [`${head} ${onCluster}${rest}`],
  },
  {
    pattern: new RegExp(`^(CREATE (?:OR REPLACE )?VIEW (?:IF NOT EXISTS )?)${name}(.*)$`, 'is'),
    write: ([, head, view, rest], { onCluster }) => [`${head}${view} ${onCluster}${rest}`],
  },
  {
    pattern: new RegExp(`^(CREATE TABLE (?:IF NOT EXISTS )?)${name}(.*)$`, 'is'),
    write: ([, head = '', table = '', rest = ''], place) => createTables(head, table, rest, place),
  },
  {
    pattern: new RegExp(String.raw`^(ALTER TABLE )${name}\s+(.*)$`, 'is'),
    write: ([, head, table, change = ''], { onCluster }) => [
      // The shards first: what stands over them shows a column that they have.
      `${head}${table}_local ${onCluster} ${change}`,
      ...(ofColumns.test(change) ? [`${head}${table} ${onCluster} ${change}`] : []),
    ],
  },
  {
    pattern: new RegExp(`^(TRUNCATE TABLE |OPTIMIZE TABLE )${name}(.*)$`, 'is'),
    write: ([, head, table, rest], { onCluster }) => [`${head}${table}_local ${onCluster}${rest}`],
  },
  {
    pattern: new RegExp(`^(DELETE FROM )${name}(.*)$`, 'is'),
    write: ([, head = '', table = '', condition = ''], place) => deleteOnShards(head, table, condition, place),
  },
  {
    pattern: /^(KILL MUTATION )(WHERE .*)$/is,
    write: ([, head, condition = ''], { onCluster }) => [
      `${head}${onCluster} ${condition.replaceAll(/\btable = '(\w+)'/g, "table = '$1_local'")}`,
    ],
  },
]

/**
 * Each server deletes by itself, later than it is told to, and has no settings of ours when it does. So a condition that
 * asks other tables asks those of the same shard, which has all that belong to its rows (a test holds our tables to that),
 * and is given only once every server has what it asks for.
 */
function deleteOnShards(head: string, table: string, condition: string, { onCluster }: Place): readonly string[] {
  const asked = new Set([...condition.matchAll(/\bFROM (\w+\.\w+)/g)].map(([, other = '']) => other))
  asked.delete(table)
  return [
    ...[...asked].map((other) => `SYSTEM SYNC REPLICA ${onCluster} ${other}_local`),
    `${head}${table}_local ${onCluster}${condition.replaceAll(/\bFROM (\w+\.\w+)/g, 'FROM $1_local')}`,
  ]
}

/** The table of each shard, and what reads and writes all of them under its name. */
function createTables(head: string, table: string, rest: string, { cluster, onCluster }: Place): readonly string[] {
  const [database, ownName] = table.split('.')
  const local = replicated(rest, `/clickhouse/tables/{shard}/${database}/${ownName}`, '{replica}')
  const spreads = (column: string) =>
    local.key.includes(column) || (!local.isReplacing && new RegExp(`^\\s*${column}\\s`, 'm').test(rest))
  const sharding = shardingColumns.find(([column]) => spreads(column))?.[1] ?? ONE_SHARD
  const distributed = `Distributed('${cluster}', '${database}', '${ownName}_local', ${sharding})`
  return [
    `${head}${table}_local ${onCluster}${local.text}`,
    `${head}${table} ${onCluster} AS ${table}_local ENGINE = ${distributed} ${local.comment}`,
  ]
}

interface ReplicatedTable {
  /** What stands behind the table's name, with the replicated engine. */
  readonly text: string
  readonly isReplacing: boolean
  /** Columns of the key. */
  readonly key: readonly string[]
  /** `COMMENT '…'`, or nothing. */
  readonly comment: string
}

/** @throws Error where a table is written otherwise than ours are: that is a defect, which a test finds. */
function replicated(text: string, path: string, replica: string): ReplicatedTable {
  const tokens = topTokens(text)
  const at = (...words: readonly string[]) =>
    tokens.findIndex((_, index) => words.every((word, offset) => tokens[index + offset]?.text.toUpperCase() === word))
  const engineAt = at('ENGINE', '=') + 2
  const orderAt = at('ORDER', 'BY') + 2
  const [engine, list] = [tokens[engineAt], tokens[engineAt + 1]]
  if (engine === undefined || orderAt < 2 || !/MergeTree$/.test(engine.text)) {
    throw new Error('no table of the MergeTree family')
  }
  const own = list?.kind === 'open' ? list : undefined
  const parameters = [`'${path}'`, `'${replica}'`, ...(own === undefined ? [] : [own.text.slice(1, -1)])]
  const comment = tokens[tokens.findLastIndex(({ text: word }) => word.toUpperCase() === 'COMMENT')]
  return {
    text: `${text.slice(0, engine.start)}Replicated${engine.text}(${parameters.join(', ')})${text.slice((own ?? engine).stop)}`,
    isReplacing: engine.text.startsWith('Replacing'),
    key: tokens[orderAt]?.text.match(/\w+/g) ?? [],
    comment: comment === undefined ? '' : text.slice(comment.start).trim(),
  }
}

/** The tokens of a text, of which what stands in brackets is one. */
function topTokens(text: string): Token[] {
  const tops: Token[] = []
  let depth = 0
  for (const token of readTokens(text)) {
    if (token.kind === 'close') depth -= 1
    const last = tops.at(-1)
    if (depth > 0 || token.kind === 'close') {
      if (last !== undefined)
        tops[tops.length - 1] = { ...last, text: text.slice(last.start, token.stop), stop: token.stop }
    } else tops.push(token)
    if (token.kind === 'open') depth += 1
  }
  return tops
}
