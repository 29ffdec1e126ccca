/**
 * Settings that the statements of the store run under, by where its engine is.
 * @module
 */
import type { ClickHouseSettings } from '@clickhouse/client'

const MIB = 1024 * 1024

/** So that every engine answers the same. */
const answerSettings = {
  // A 64-bit integer is more than a JavaScript number holds.
  output_format_json_quote_64bit_integers: 1,
  session_timezone: 'UTC',
} as const satisfies ClickHouseSettings

/** A statement over more than fits goes to disk instead of taking the memory of all. */
export const memorySettings = {
  max_memory_usage: String(1024 * MIB),
  max_bytes_before_external_group_by: String(384 * MIB),
  max_bytes_before_external_sort: String(384 * MIB),
} as const satisfies ClickHouseSettings

/** Of the engine in the process, for which nobody else sets limits. */
export const engineSettings = {
  ...answerSettings,
  ...memorySettings,
  // Parameters stand in the text of a statement here, and some are lists of thousands.
  max_query_size: String(64 * MIB),
} as const satisfies ClickHouseSettings

/** Of analysts' statements in the engine of this process, beside the limits that are set. */
export const analystSettings = {
  session_timezone: 'UTC',
  // As at a server: an error is one, however far a statement came.
  timeout_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  read_overflow_mode: 'throw',
  max_bytes_before_external_group_by: memorySettings.max_bytes_before_external_group_by,
  max_bytes_before_external_sort: memorySettings.max_bytes_before_external_sort,
  max_temporary_data_on_disk_size_for_query: String(4096 * MIB),
  // The engine as a library lets everybody look into it.
  allow_introspection_functions: 0,
  log_queries: 0,
} as const satisfies ClickHouseSettings

/** A server says that often that a statement is still running, for proxies cut connections that say nothing. */
const PROGRESS_INTERVAL_MS = 30_000

/** Of a server. Memory and time are what the profile of the account says (`infra/clickhouse/users.d`). */
export const serverSettings = {
  ...answerSettings,
  date_time_input_format: 'best_effort',
  // An error in the middle of a result is one, instead of the end of an answer that began well.
  wait_end_of_query: 1,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: String(PROGRESS_INTERVAL_MS),
  // What is confirmed is in its table, and what is deleted is seen no more.
  async_insert: 0,
  mutations_sync: '2',
  lightweight_deletes_sync: '2',
  alter_sync: '2',
  // A row that is written again after its deletion has to be there; what is written twice, the keys of rows take care of.
  insert_deduplicate: 0,
} as const satisfies ClickHouseSettings

/** Of a cluster beside these; why each of them is needed is in decision 17. */
export const clusterSettings = {
  // A table in a subquery is read once, from all shards, whatever the other side is spread by.
  distributed_product_mode: 'global',
  // Rows are counted over all shards before they are written, and each goes where its key belongs.
  parallel_distributed_insert_select: '0',
  distributed_foreground_insert: 1,
  // What one owner wrote is read where it was written: from the same replica, and only from the shard that has it.
  prefer_localhost_replica: 0,
  load_balancing: 'in_order',
  optimize_skip_unused_shards: 1,
  fallback_to_stale_replicas_for_distributed_queries: 0,
  // Rows outlive the server that took them.
  insert_quorum: 'auto',
  insert_quorum_parallel: 1,
  // Deletions name their rows by other tables.
  allow_nondeterministic_mutations: 1,
  distributed_ddl_task_timeout: '600',
  // A server that is away does it when it is back. The client's types do not know this value.
  distributed_ddl_output_mode: 'throw_only_active' as 'throw',
} as const satisfies ClickHouseSettings
