-- What earlier revisions of charts were made of: a reader may have kept every one of them, so that the next has to
-- differ from each by enough accounts, not only from the last.

-- For the builds from `from_build` up to, and without, `until_build` the contributor stood with `given` behind what was
-- shown of the chart; in the gaps it gave nothing. What holds now is the contributor's row in charts.bases. A span is known
-- by its begin, and of two ends the later one holds, so that a build that died and is made good leaves one row.
CREATE TABLE IF NOT EXISTS charts.earlier_bases
(
    kind Enum8('week' = 1, 'month' = 2, 'year' = 3) COMMENT 'Kind of period',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    region_id UInt64 COMMENT 'Region, its short code as bytes of an integer',
    genre_id UInt64 COMMENT 'Hash of the genre',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    given UInt64 COMMENT 'Hash of what it gave to the chart',
    from_build UInt64 COMMENT 'Number of the build that wrote it into charts.bases',
    until_build UInt64 COMMENT 'Number of the build that took it out',
    key_version UInt16 DEFAULT 1 COMMENT 'Version of the key that made the pseudonym'
)
ENGINE = ReplacingMergeTree(until_build)
ORDER BY (kind, period, region_id, genre_id, contributor, from_build)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Contributors behind earlier revisions of each chart';

-- What the changed members gave before, and since which build: what goes into charts.earlier_bases.
ALTER TABLE charts.build_changed ADD COLUMN IF NOT EXISTS given_before UInt64 COMMENT 'Hash of what it gave to the shown revision';
ALTER TABLE charts.build_changed ADD COLUMN IF NOT EXISTS since_build UInt64 COMMENT 'Number of the build since which it gave that; 0 where it gave nothing';

-- Charts whose next revision has to be held against all earlier ones.
CREATE TABLE IF NOT EXISTS charts.build_compared
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id)
COMMENT 'Charts of the period in hand with enough changed members';

-- Those of them where too many of the changed members give what they gave, or did not give, before.
CREATE TABLE IF NOT EXISTS charts.build_doubtful
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id)
COMMENT 'Charts of the period in hand that may be too much like an earlier revision';

-- Shown charts that wait beside charts that change, so that regions and sub-regions tell of different states.
CREATE TABLE IF NOT EXISTS charts.build_waiting
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id)
COMMENT 'Charts of the period in hand that wait beside others that change';
