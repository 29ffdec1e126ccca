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
