/**
 * The settings that analysts may give, in an address or in a statement: how an answer is written, and limits that are lower
 * than the service's own.
 * @module
 */
import { ClickhouseException } from '#platform/clickhouse-http/exception.ts'

/** The most that a statement may take; each is also the least that counts where a client asks for "no limit". */
export type AnalystLimits = Readonly<Record<LimitName, number>>

type LimitName = (typeof limitNames)[number]
const limitNames = [
  'max_execution_time',
  'max_memory_usage',
  'max_rows_to_read',
  'max_result_rows',
  'max_result_bytes',
  'max_threads',
] as const

const MIB = 1024 * 1024

/** @param secondsMax `ANALYTICS_SECONDS_MAX` */
export const analystLimits = (secondsMax: number): AnalystLimits => ({
  max_execution_time: secondsMax,
  max_memory_usage: 1024 * MIB,
  max_rows_to_read: 2_000_000_000,
  max_result_rows: 10_000_000,
  max_result_bytes: 1024 * MIB,
  max_threads: 2,
})

/** What decides how an answer is written, and what a word of the language means, but nothing of what may be read. */
const freeSettings =
  /^(output_format_(?!schema)\w+|format_(csv|tsv|custom|regexp)_\w+|date_time_output_format|bool_(true|false)_representation|join_use_nulls|group_by_use_nulls|union_default_mode|except_default_mode|intersect_default_mode|any_join_distinct_right_table_keys|enable_http_compression|http_zlib_compression_level|send_progress_in_http_headers|http_headers_progress_interval_ms|session_timezone|extremes|limit|offset|max_block_size|decimal_check_overflow|enable_named_columns_in_function_tuple|allow_experimental_analyzer|enable_analyzer|totals_mode|aggregate_functions_null_for_empty|prefer_column_name_to_alias|enable_positional_arguments|date_time_overflow_behavior|cast_keep_nullable|cast_string_to_dynamic_use_inference)$/

/** What clients send as a matter of course, and what means nothing to who only reads. */
const meaninglessSettings =
  /^(input_format_\w+|insert_\w+|async_insert\w*|wait_for_async_insert\w*|wait_end_of_query|date_time_input_format|log_comment|log_queries|http_response_buffer_size|http_wait_end_of_query|http_make_head_request|cancel_http_readonly_queries_on_client_close|add_http_cors_header|session_check|session_timeout|use_client_time_zone|connect_timeout\w*|receive_timeout|send_timeout|readonly|mutations_sync|alter_sync|lightweight_deletes_sync|allow_experimental_(json|object|variant|dynamic)_type|enable_json_type|database_replicated_\w+)$/

const overflowMode = /^result_overflow_mode$/

const isLimit = (name: string): name is LimitName => limitNames.some((limit) => limit === name)

/**
 * Settings of an address as the engine is to have them. A limit that is higher than the service's is the service's, for
 * clients ask for theirs without knowing.
 * @throws ClickhouseException for one that is not an analyst's to give
 */
export function readAddressSettings(
  given: ReadonlyMap<string, string>,
  limits: AnalystLimits,
): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  for (const [name, value] of given) {
    if (meaninglessSettings.test(name)) continue
    if (isLimit(name)) settings.set(name, String(lowered(name, value, limits)))
    else if (isFree(name, value)) settings.set(name, value)
    else throw refused(name)
  }
  return settings
}

/** Checks a setting that stands in a statement, where nothing is changed. @throws ClickhouseException as above */
export function checkStatementSetting(name: string, value: string, limits: AnalystLimits): void {
  if (isLimit(name)) {
    const number = Number(value)
    if (/^[\d.]+$/.test(value) && number > 0 && number <= limits[name]) return
    throw new ClickhouseException(
      'SETTING_CONSTRAINT_VIOLATION',
      `Setting ${name} shouldn't be less than 1 or greater than ${limits[name]}.`,
    )
  }
  if (!isFree(name, value)) throw refused(name)
}

function isFree(name: string, value: string): boolean {
  if (overflowMode.test(name)) return value === 'throw' || value === 'break'
  return freeSettings.test(name)
}

function lowered(name: LimitName, value: string, limits: AnalystLimits): number {
  const number = Number(value)
  if (!(number >= 0)) throw new ClickhouseException('BAD_ARGUMENTS', `Setting ${name} has to be a number`)
  return number === 0 ? limits[name] : Math.min(number, limits[name])
}

function refused(name: string): ClickhouseException {
  const shown = /^\w{1,100}$/.test(name) ? name : 'of this name'
  return new ClickhouseException('READONLY', `Cannot modify '${shown}' setting in readonly mode.`)
}
