-- Cells of the table in hand that would be told by others, and so are not written.
CREATE TABLE IF NOT EXISTS charts.build_analytics_withheld
(
    item UInt64 COMMENT 'Track, hash of the value, or track that was played first',
    next_item UInt64 COMMENT 'Track that was played next; number of the tag; 0 in other tables',
    region_id UInt64 COMMENT 'Region'
)
ENGINE = MergeTree
ORDER BY (item, next_item, region_id)
COMMENT 'Cells of the table in hand that are withheld because others tell of them';

-- What is added to the numbers of a cell where `ANALYTICS_EPSILON` is set.
ALTER TABLE charts.build_analytics_cells ADD COLUMN IF NOT EXISTS noise_djs Int64 COMMENT 'Noise on the number of accounts; 0 without a privacy budget';
ALTER TABLE charts.build_analytics_cells ADD COLUMN IF NOT EXISTS noise_plays Int64 COMMENT 'Noise on the plays; 0 without a privacy budget';

-- The ledger of the privacy budget. A week that is built anew spends nothing more, for its cells keep their noise; another
-- epsilon is another row, and what was spent of an account of the week is the sum.
CREATE TABLE IF NOT EXISTS charts.analytics_spent
(
    week LowCardinality(String) COMMENT '2026-W07',
    table_name LowCardinality(String) COMMENT 'track_weeks, tag_weeks, transition_weeks',
    epsilon Float64 COMMENT 'Privacy budget that the rows of the week cost an account, half for accounts and half for plays',
    items UInt16 COMMENT 'Items that one account gives to at most, of tag_weeks for each tag',
    tags UInt8 COMMENT 'Tags that it gives so many values of',
    plays UInt16 COMMENT 'Plays that it gives to an item at most',
    version UInt64 COMMENT 'Number of the build'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (week, table_name, epsilon)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'What of the privacy budget was spent';
