/**
 * Which functions a statement of analysts may name, told by the engine's own list of them.
 *
 * What is not known is refused: a function that a later engine brings, and that reads files or asks the network, is in none
 * of the categories below, or is looked at when it comes. In the engine that runs in this process no right stands in front
 * of some of them (`file` reads any file of the machine), so this list is what does.
 * @module
 */

import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ClickhouseEngine } from '#platform/clickhouse-http/engine.ts'
import { readStatement } from '#platform/clickhouse-http/read-statement.ts'
import { DATABASE, VIEWS_OF_SYSTEM } from './analysts-database.ts'

/** Names in lower case: some functions are known by any case. */
export interface KnownNames {
  /** Functions that are refused wherever their name stands, for `APPLY` and lambdas take it without brackets. */
  readonly refusedFunctions: ReadonlySet<string>
  /** Table functions that are refused where they are called; elsewhere the name may be a column's. */
  readonly refusedTableFunctions: ReadonlySet<string>
  /**
   * Databases that the account of this service sees and analysts do not. An account that is bound as it should be sees
   * none; this holds also where it is not.
   */
  readonly otherDatabases: ReadonlySet<string>
  /** What may stand behind the name of a table of analysts, where a database has the same name. */
  readonly columns: ReadonlySet<string>
}

/** Categories of `system.functions` whose functions make something of their arguments, and of nothing else. */
const categories: ReadonlySet<string> = new Set([
  ...['Arithmetic', 'Arrays', 'Bit', 'Bitmap', 'Comparison', 'Conditional', 'Dates and Times', 'Distance', 'Encoding'],
  ...['Hash', 'IP Address', 'JSON', 'Logical', 'Map', 'Mathematical', 'Null', 'NumericIndexedVector', 'Random Number'],
  ...['Rounding', 'String', 'String Replacement', 'String Search', 'String Splitting', 'Time Window', 'Tuple'],
  ...['Type Conversion', 'URL', 'UUID'],
])

/** Of the other categories, what statements and clients do need and what tells nothing of the machine or of others. */
const furtherFunctions: ReadonlySet<string> = new Set([
  ...['_CAST', 'bar', 'blockNumber', 'blockSize', 'byteSize', 'caseWithExpression', 'countDigits', 'currentDatabase'],
  ...[
    'currentRoles',
    'currentSchemas',
    'currentUser',
    'defaultValueOfArgumentType',
    'defaultValueOfTypeName',
    'digits',
  ],
  ...['dumpColumnStructure', 'errorCodeToName', 'finalizeAggregation', 'formatQuery', 'formatQueryOrNull'],
  ...['formatQuerySingleLine', 'formatQuerySingleLineOrNull', 'formatReadableDecimalSize', 'formatReadableQuantity'],
  ...['formatReadableSize', 'formatReadableTimeDelta', 'getSetting', 'getSettingOrDefault', 'getSizeOfEnumType'],
  ...['getSubcolumn', 'identity', 'ignore', 'indexHint', 'initializeAggregation', 'isConstant', 'isDecimalOverflow'],
  ...[
    'lowCardinalityIndices',
    'lowCardinalityKeys',
    'materialize',
    'minSampleSizeContinuous',
    'minSampleSizeConversion',
  ],
  ...['neighbor', 'normalizeQuery', 'normalizedQueryHash', 'parseReadableSize', 'parseReadableSizeOrNull', 'queryID'],
  ...['parseReadableSizeOrZero', 'parseTimeDelta', 'proportionsZTest', 'revision', 'rowNumberInAllBlocks'],
  ...[
    'rowNumberInBlock',
    'runningAccumulate',
    'runningDifference',
    'runningDifferenceStartingWithFirstValue',
    'throwIf',
  ],
  ...['toColumnTypeName', 'toTypeName', 'transform', 'variantElement', 'variantType', 'version', 'visibleWidth'],
])

/** Of the categories above: what takes a square of its input's length, which no limit of time can break off. */
const slowFunctions: ReadonlySet<string> = new Set([
  ...['editDistance', 'editDistanceUTF8', 'damerauLevenshteinDistance', 'jaroSimilarity', 'jaroWinklerSimilarity'],
  ...['arrayLevenshteinDistance', 'arrayLevenshteinDistanceWeighted', 'arraySimilarity', 'arrayAutocorrelation'],
  // Of the library, not of ClickHouse.
  'chdb',
])

/** Aggregate functions that look into the engine, or that only its own tests call. */
const refusedAggregates: ReadonlySet<string> = new Set(['flameGraph', 'aggThrow'])

const allowedTableFunctions: ReadonlySet<string> = new Set([
  ...['numbers', 'numbers_mt', 'zeros', 'zeros_mt', 'generateSeries', 'generate_series', 'primes', 'values'],
  ...['SQLStandardValues', 'view'],
  // Also a function of texts. As a table function it reads the text that it is given.
  'format',
])

/** Those of analysts, and those that have rules of their own. */
const ownDatabases: ReadonlySet<string> = new Set([DATABASE, VIEWS_OF_SYSTEM, 'system', 'information_schema'])

interface FunctionRow {
  readonly name: string
  readonly alias_to: string
  readonly categories: string
  readonly is_aggregate: number
}

/** Asks the engine for what it has. Rejects with a ClickhouseException. */
export async function readKnownNames(engine: ClickhouseEngine): Promise<KnownNames> {
  const functions = await readRows<FunctionRow>(
    engine,
    'SELECT name, alias_to, categories, is_aggregate FROM system.functions',
  )
  const tableFunctions = await readRows<{ readonly name: string }>(engine, 'SELECT name FROM system.table_functions')
  const byName = new Map(functions.map((row) => [row.name, row]))
  // An alias stands for what it means, whatever is said of itself.
  const meant = (row: FunctionRow) => (row.alias_to === '' ? row : (byName.get(row.alias_to) ?? row))
  const refused = functions.filter((row) => !isAllowed(meant(row))).map(({ name }) => name.toLowerCase())
  const databases = await readRows<{ readonly name: string }>(engine, 'SELECT name FROM system.databases')
  const columns = await readRows<{ readonly name: string }>(
    engine,
    `SELECT DISTINCT name FROM system.columns WHERE database = '${DATABASE}'`,
  )
  return {
    otherDatabases: new Set(databases.map(({ name }) => name).filter((name) => !ownDatabases.has(name.toLowerCase()))),
    columns: new Set(columns.map(({ name }) => name)),
    refusedFunctions: new Set(refused),
    refusedTableFunctions: new Set(
      tableFunctions.filter(({ name }) => !allowedTableFunctions.has(name)).map(({ name }) => name.toLowerCase()),
    ),
  }
}

function isAllowed({ name, categories: category, is_aggregate: isAggregate }: FunctionRow): boolean {
  if (isAggregate === 1) return !refusedAggregates.has(name)
  return furtherFunctions.has(name) || (categories.has(category) && !slowFunctions.has(name))
}

async function readRows<Row>(engine: ClickhouseEngine, query: string): Promise<Row[]> {
  const answer = await engine.run({
    statement: readStatement(query),
    data: Readable.from([]),
    params: new Map(),
    settings: new Map(),
    database: DATABASE,
    defaultFormat: 'JSONEachRow',
    isWhole: true,
    signal: new AbortController().signal,
  })
  try {
    const lines = (await text(answer.body)).split('\n').filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as Row) // the columns that were asked for
  } finally {
    await answer.close()
  }
}
