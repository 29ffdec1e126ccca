/**
 * What an analyst who wants more than the tables would send, each with what has to become of it.
 * @module
 */
import {
  type Attack,
  address,
  CONSTRAINT,
  DENIED,
  harmless,
  NO_TABLE,
  NOT_HERE,
  OUTFILE,
  READONLY,
  refused,
  SYNTAX,
  secret,
} from './attack.ts'
import { functions, otherTables, system } from './attacks-on-tables.ts'

const encoded = encodeURIComponent

/** Statements that explain, change, bind or unbind. */
const verbs = [
  ...[
    'EXPLAIN SELECT * FROM analytics.charts',
    'EXPLAIN PLAN SELECT * FROM analytics.charts',
    'EXPLAIN PIPELINE SELECT * FROM analytics.charts',
    'EXPLAIN ESTIMATE SELECT * FROM analytics.charts',
    'EXPLAIN indexes = 1 SELECT * FROM charts.contributions',
    `EXPLAIN ESTIMATE SELECT * FROM ${secret}`,
    'SELECT * FROM (EXPLAIN SELECT 1)',
    "SELECT * FROM viewExplain('EXPLAIN', '', (SELECT 1))",
    'CHECK TABLE analytics.charts',
    'EXECUTE AS default',
    'EXECUTE AS default SELECT 1',
    'KILL QUERY WHERE 1',
    'SYSTEM SHUTDOWN',
    'SYSTEM FLUSH LOGS',
    "BACKUP DATABASE playlists TO Disk('a', 'b')",
    'GRANT ALL ON *.* TO default',
    'REVOKE ALL ON *.* FROM default',
    `WATCH ${secret}`,
  ].map(refused(DENIED, SYNTAX)),
  ...[
    'SET ROLE everything',
    'SET ROLE ALL',
    'SET DEFAULT ROLE ALL TO default',
    'SET max_execution_time = 0',
    "SET profile = 'default'",
    'SET readonly = 0',
    'USE playlists',
    "INSERT INTO analytics.charts VALUES ('a')",
    "INSERT INTO FUNCTION file('a.csv') SELECT 1",
    `INSERT INTO analytics.charts SELECT * FROM ${secret}`,
    'ALTER TABLE analytics.charts DELETE WHERE 1',
    'CREATE TABLE analytics.mine (a UInt8) ENGINE = Memory',
    'CREATE TEMPORARY TABLE mine (a UInt8)',
    'CREATE FUNCTION mine AS x -> x',
    `CREATE VIEW analytics.mine AS SELECT * FROM ${secret}`,
    'CREATE USER mine',
    "CREATE NAMED COLLECTION mine AS a = 'b'",
    'DROP TABLE charts.entries',
    'TRUNCATE TABLE charts.entries',
    'OPTIMIZE TABLE charts.entries',
    'RENAME TABLE analytics.charts TO analytics.mine',
    'DETACH TABLE analytics.charts',
    'ATTACH TABLE analytics.charts',
    'DELETE FROM charts.entries WHERE 1',
  ].map(refused(READONLY, DENIED, SYNTAX)),
  ...[
    "SELECT 1 INTO OUTFILE 'mine.csv'",
    "SELECT 1 INTO/**/OUTFILE 'mine.csv' FORMAT CSV",
    "SELECT 1 INTO OUTFILE 'mine.csv' AND STDOUT",
  ].map(refused(OUTFILE, SYNTAX)),
  ...[
    'SELECT 1; SELECT 2',
    'SELECT 1;; SET ROLE everything',
    'SELECT 1 -- a comment\n; SET ROLE everything',
    'SELECT 1 /* a comment ; */ ; DROP TABLE charts.entries',
    "SELECT 'a\\'; SET ROLE everything; --'; SET ROLE everything",
    'SELECT $a$;$a$; SET ROLE everything',
    `SELECT 1 FORMAT TSV; SELECT * FROM ${secret}`,
    'SELECT 1\0; SET ROLE everything',
  ].map(refused(SYNTAX)),
  harmless('EXPLAIN AST SELECT 1', /^SelectWithUnionQuery/),
  harmless('EXPLAIN SYNTAX SELECT 1', /^SELECT 1/),
  harmless('exit', /UNKNOWN_IDENTIFIER|SYNTAX_ERROR/),
]

/** Settings, wherever they can stand. */
const settings = [
  ...[
    'SELECT 1 SETTINGS readonly = 0',
    'SELECT 1 SETTINGS max_execution_time = 0',
    'SELECT 1 SETTINGS max_memory_usage = 0',
    "SELECT 1 SETTINGS max_memory_usage = '100G'",
    'SELECT 1 SETTINGS max_result_rows = 100000000000',
    'SELECT 1 FORMAT CSV SETTINGS max_memory_usage = 0',
    'SELECT * FROM (SELECT 1 SETTINGS max_threads = 64)',
    'SELECT 1 SETTINGS allow_introspection_functions = 1',
    "SELECT 1 SETTINGS profile = 'default'",
    "SELECT 1 SETTINGS additional_result_filter = '1'",
    "SELECT 1 FORMAT Template SETTINGS format_template_resultset = '/etc/passwd'",
    "SELECT 1 SETTINGS format_schema = '/etc/passwd'",
    "SELECT 1 SETTINGS dialect = 'kusto'",
    "SELECT 1 SETTINGS timeout_overflow_mode = 'break'",
    'SELECT 1 SETTINGS use_query_cache = 1',
    'SELECT 1 SETTINGS param_a = 1',
    "SELECT 1 SETTINGS send_logs_level = 'trace'",
  ].map(refused(READONLY, CONSTRAINT, DENIED, SYNTAX)),
  ...[
    'profile=default',
    'allow_introspection_functions=1',
    'allow_ddl=1',
    'additional_result_filter=1',
    'format_schema=%2Fetc%2Fpasswd',
    'send_logs_level=trace',
    'max_memory_usage=lots',
    'use_query_cache=1',
    'compatibility=18.1',
    'max_query_size=1000000000',
    "max_threads='%20OR%201",
    '%60%3B%20SET%20ROLE%20everything=1',
  ].map((query) => address(query, { refused: [READONLY, 36, 115] })),
  address('role=everything', { refused: [NOT_HERE] }),
  address('readonly=0', { answers: /^2\n$/ }, "SELECT getSetting('readonly')"),
  address('max_memory_usage=0', { answers: /^1073741824\n$/ }, "SELECT getSetting('max_memory_usage')"),
  address('max_execution_time=100000', { answers: /^2\n$/ }, "SELECT getSetting('max_execution_time')"),
]

/** Requests that mean two things at once, and names that come as something else. */
const requests = [
  address(`query=${encoded('SELECT 1')}&query=${encoded(`SELECT * FROM ${secret}`)}`, { answers: /^1\n$/ }, ''),
  address(`query=${encoded(`SELECT * FROM ${secret}`)}&query=${encoded('SELECT 1')}`, { refused: [DENIED] }, ''),
  address(`query=${encoded('SELECT * FROM play')}`, { refused: [SYNTAX, NO_TABLE, DENIED] }, 'lists.sessions'),
  address(`query=${encoded('SELECT * FROM /*')}`, { refused: [DENIED] }, `*/ ${secret}`),
  address(
    `query=${encoded("SELECT '")}`,
    { answers: /^\\n; SET ROLE everything; --\n$/ },
    "; SET ROLE everything; --'",
  ),
  address('database=playlists', { refused: [81] }, 'SELECT * FROM sessions'),
  address('database=system', { refused: [81] }, 'SELECT * FROM processes'),
  address('database=%60analytics%60.x', { refused: [81] }),
  address('user=default&password=', { answers: /^1\n$/ }),
  address('quota_key=a&buffer_size=1000000000&wait_end_of_query=1', { answers: /^1\n$/ }),
  address('session_id=a&session_timeout=100000', { answers: /^1\n$/ }),
  address('default_format=TSV%3B%20SET%20ROLE%20everything', { refused: [73] }),
  address('default_format=..%2F..%2Fetc%2Fpasswd', { refused: [73] }),
  address('default_format=Nothing', { refused: [73] }),
  address('param_t=playlists.sessions', { refused: [DENIED] }, 'SELECT * FROM {t:Identifier}'),
  address('param_d=playlists&param_t=sessions', { refused: [DENIED] }, 'SELECT * FROM {d:Identifier}.{t:Identifier}'),
  address('param_d=system&param_t=processes', { refused: [DENIED] }, 'SELECT * FROM {d:Identifier}.{t:Identifier}'),
  address('param_t=a%60.%60b', { refused: [36] }, 'SELECT * FROM {t:Identifier}'),
  address('param_f=file', { refused: [SYNTAX, 46, DENIED] }, "SELECT {f:Identifier}('/etc/passwd')"),
  address(
    `param_a=${encoded("1'); SET ROLE everything; --")}`,
    { answers: /^1\\'\); SET ROLE everything; --\n$/ },
    'SELECT {a:String}',
  ),
  address(`param_a%3D1%20b=1`, { refused: [457] }),
  address(`compress=1`, { refused: [NOT_HERE] }),
  address(`decompress=1`, { refused: [NOT_HERE] }),
  address(`query=${encoded('SELECT')}%00${encoded('1')}`, { refused: [SYNTAX] }, ''),
  address('query_id=%27%3B+KILL+QUERY+WHERE+1', { answers: /^1\n$/ }),
  {
    request: { body: 'SELECT * FROM sessions', headers: { 'x-clickhouse-database': 'playlists' } },
    outcome: { refused: [81] },
  },
  { request: { body: 'SELECT 1', headers: { 'x-clickhouse-format': 'CSV; SELECT 2' } }, outcome: { refused: [73] } },
  { request: { body: 'SELECT 1', headers: { 'content-type': 'application/json' } }, outcome: { answers: /^1\n$/ } },
  { request: { body: 'SELECT 1', headers: { 'content-encoding': 'zstd' } }, outcome: { refused: [NOT_HERE] } },
  { request: { body: 'SELECT 1', headers: { 'content-encoding': 'gzip' } }, outcome: { refused: [271] } },
  { request: { body: `SELECT '${'a'.repeat(400_000)}'` }, outcome: { refused: [229] } },
  { request: { body: `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}` }, outcome: { refused: [SYNTAX, 167, 306] } },
  { request: { address: { query: 'DROP TABLE charts.entries' } }, outcome: { refused: [READONLY] } },
] satisfies Attack[]

/** What takes memory, or gives back errors that quote. */
const bombs = [
  ...[
    'SELECT sleep(3)',
    'SELECT sleepEachRow(1) FROM numbers(3)',
    "SELECT editDistance(repeat('ab', 100000), repeat('ba', 100000))",
  ].map(refused(DENIED)),
  ...[
    "SELECT repeat('x', 2000000000)",
    'SELECT groupArray(number) FROM numbers(1000000000)',
    'SELECT range(100000000), range(100000000)',
    "SELECT arrayMap(x -> repeat('x', 1000000), range(1000000))",
    'SELECT count() FROM numbers(1000000000000)',
    'SELECT (SELECT count() FROM numbers(1000000000000))',
    'SELECT number FROM system.numbers',
    "SELECT repeat('x', 100000) FROM numbers(1000000)",
    "SELECT throwIf(1, 'as in /var/lib/clickhouse/store')",
  ].map(refused(241, 158, 159, 396, 131, 128, 395, 160, 69, 307, 427)),
  harmless("SELECT replaceRegexpAll(repeat('a', 1000000), '(a*)*b', '') FROM numbers(100) FORMAT Null", /^$/),
  harmless("SELECT match(repeat('a', 100000), '(a+)+$')", /^1\n$/),
]

export const attacks: readonly Attack[] = [
  ...otherTables,
  ...functions,
  ...system,
  ...verbs,
  ...settings,
  ...requests,
  ...bombs,
]

/** Statements that would run for hours; each ends at the limit. */
export const timeBombs = [
  'SELECT count() FROM numbers(2000000) AS a, numbers(2000000) AS b, numbers(2000000) AS c WHERE a.number * b.number + c.number = 1',
  'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count() FROM r',
  'SELECT sum(sipHash64(number, toString(number))) FROM numbers_mt(2000000000)',
]
