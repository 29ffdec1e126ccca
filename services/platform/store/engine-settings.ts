/**
 * Settings that every statement of the store runs under, in this process and at a server, so that both answer the same.
 * @module
 */

import type { ClickHouseSettings } from '@clickhouse/client'

const MIB = 1024 * 1024

export const engineSettings = {
  // A 64-bit integer is more than a JavaScript number holds.
  output_format_json_quote_64bit_integers: 1,
  session_timezone: 'UTC',
  // A statement over more than fits goes to disk instead of taking the memory of all.
  max_memory_usage: String(1024 * MIB),
  max_bytes_before_external_group_by: String(384 * MIB),
  max_bytes_before_external_sort: String(384 * MIB),
} as const satisfies ClickHouseSettings

/** Settings beside these where the store is a cluster; why each of them is needed is in decision 17. */
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
  distributed_ddl_output_mode: 'throw',
} as const satisfies ClickHouseSettings
