-- How far the rows of the store go in the event log. The log keeps positions of its own; these are what the rows tell of,
-- so that a store that was restored from a backup, or is new, is filled from where it stands, and a log that ends earlier
-- than that is told apart.
CREATE TABLE IF NOT EXISTS operations.log_positions
(
    log String COMMENT 'Identity of the event log',
    partition UInt32 COMMENT 'Partition of the log',
    next_offset UInt64 COMMENT 'Offset behind the newest event whose rows are stored',
    version UInt64 COMMENT 'The same under the epoch of the log, so that a later epoch may begin further back'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (log, partition)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'How far the rows go in the event log';

-- Charts of the period in hand as readers are to see them: what switches them is one statement over this table, which the
-- engine refuses to a builder whose lease another one has taken.
CREATE TABLE IF NOT EXISTS charts.build_published
(
    kind Enum8('week' = 1, 'month' = 2, 'year' = 3) COMMENT 'Kind of period',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    region LowCardinality(String) COMMENT 'Code of the region',
    genre LowCardinality(String) COMMENT 'all, slug, scene-SLUG',
    revision UInt32 COMMENT 'Revision of the chart that is shown',
    built_at DateTime64(3, 'UTC') COMMENT 'When it was built',
    djs UInt32 COMMENT 'Distinct accounts in it',
    plays UInt64 COMMENT 'Counted plays in it',
    content UInt64 COMMENT 'Hash of its entries',
    hidden UInt8 COMMENT 'Not shown, because too few accounts are left',
    withheld UInt8 COMMENT 'Not shown: hidden, or so that a region beside it tells nothing',
    version UInt64 COMMENT 'Number of the build'
)
ENGINE = MergeTree
ORDER BY (region, genre)
COMMENT 'Charts of the period in hand as readers are to see them';
