-- The pseudonymous database: contributions of those who consent, and the charts made of them. No id in it occurs in
-- another audience's database.
CREATE DATABASE IF NOT EXISTS charts;

-- What the chart builder may know of an account: consent, location without city, genre preferences.
CREATE TABLE IF NOT EXISTS charts.contributors
(
    contributor UInt64 COMMENT 'Pseudonym of the account',
    consents UInt8 COMMENT 'Contributes to charts',
    statistics UInt8 COMMENT '0 objects to statistics',
    usage UInt8 COMMENT '0 objects to usage information',
    country LowCardinality(String) COMMENT 'ISO 3166-1 alpha-2, empty where unknown',
    subdivision LowCardinality(String) COMMENT 'ISO 3166-2, empty where unknown',
    scenes Array(LowCardinality(String)) COMMENT 'Preferred genres as slugs, with the genres above them',
    version UInt64 COMMENT 'Position of the event that wrote the row'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY contributor
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Contributors and what decides where they count';

-- A session's plays of one ISO week that may count, each track at its earliest play. Ordered by week first, so that a
-- chart reads its weeks and no more. An empty row (is_deleted) stands where a session has left a week.
CREATE TABLE IF NOT EXISTS charts.contributions
(
    week UInt32 COMMENT 'ISO week of the plays, 202607',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    session UInt64 COMMENT 'Pseudonym of the session',
    version UInt64 COMMENT 'Position of the event that wrote the row',
    is_deleted UInt8 DEFAULT 0 COMMENT 'Nothing of the session counts in this week any more',
    earlier_tracks Array(UInt64) COMMENT 'Tracks the session had in the week before: merged with one of these, a play is a repeat',
    plays Nested
    (
        track UInt64,
        at DateTime('UTC'),
        artist String,
        title String,
        label LowCardinality(String)
    ) COMMENT 'The plays',
    genres Array(Array(LowCardinality(String))) COMMENT 'For each play its genres as slugs, with the genres above them'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (week, contributor, session)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Plays that may count';

-- Marks: what counts in a week has changed; with `taken_back`, because this contributor took something back; with
-- `merged`, because it was decided anew which tracks are one, and no account changed anything. A build removes the marks
-- that it found when it began, each by its own id.
CREATE TABLE IF NOT EXISTS charts.changes
(
    week UInt32 COMMENT 'ISO week that changed',
    contributor UInt64 COMMENT 'Who took something back; 0 in other marks',
    taken_back UInt8 COMMENT 'Something that may have counted counts no more',
    merged UInt8 DEFAULT 0 COMMENT 'Tracks were merged, or a merge undone',
    changed_at DateTime64(3, 'UTC') COMMENT 'When the change was received',
    mark UUID DEFAULT generateUUIDv4() COMMENT 'Its own in each writing, so that a build removes exactly the marks that it saw'
)
ENGINE = MergeTree
ORDER BY week
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'What changed since the last build';

-- Which revision of a chart readers see. One row switches it.
CREATE TABLE IF NOT EXISTS charts.published
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
ENGINE = ReplacingMergeTree(version)
ORDER BY (region, genre, kind, period)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'The revision of each chart that is shown';

-- Entries of charts. Ordered as a chart and its history are read: all periods of a region and genre lie together.
CREATE TABLE IF NOT EXISTS charts.entries
(
    region LowCardinality(String) COMMENT 'Code of the region',
    genre LowCardinality(String) COMMENT 'all, slug, scene-SLUG',
    kind Enum8('week' = 1, 'month' = 2, 'year' = 3) COMMENT 'Kind of period',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    revision UInt32 COMMENT 'Revision of the chart',
    rank UInt8 COMMENT 'Place, from 1',
    track UInt64 COMMENT 'Track',
    artist String COMMENT 'Artist, in a form that enough accounts share',
    title String COMMENT 'Title, in a form that enough accounts share',
    label String COMMENT 'Label that enough accounts share, or empty',
    djs UInt32 COMMENT 'Distinct accounts',
    plays UInt32 COMMENT 'Counted plays',
    INDEX track_index track TYPE bloom_filter GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (region, genre, kind, period, revision, rank)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Entries of published charts, by revision';

-- Who stands behind the shown revision of a chart, and a hash of what each gives: a next revision is published when
-- enough of these changed. Pseudonymous; never read by the site.
CREATE TABLE IF NOT EXISTS charts.bases
(
    kind Enum8('week' = 1, 'month' = 2, 'year' = 3) COMMENT 'Kind of period',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    region_id UInt64 COMMENT 'Region, its short code as bytes of an integer',
    genre_id UInt64 COMMENT 'Hash of the genre',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    given UInt64 COMMENT 'Hash of what it gives to the chart',
    version UInt64 COMMENT 'Number of the build: Unix milliseconds of its begin',
    is_deleted UInt8 DEFAULT 0 COMMENT 'Gives nothing any more'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (kind, period, region_id, genre_id, contributor)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Contributors behind the shown revision of each chart';

-- Take-backs that wait in a chart for others to change too. None waits longer than the settings say.
CREATE TABLE IF NOT EXISTS charts.pending_take_backs
(
    kind Enum8('week' = 1, 'month' = 2, 'year' = 3) COMMENT 'Kind of period',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    region_id UInt64 COMMENT 'Region, its short code as bytes of an integer',
    genre_id UInt64 COMMENT 'Hash of the genre',
    contributor UInt64 COMMENT 'Who took something back',
    taken_back_at DateTime64(3, 'UTC') COMMENT 'When it was received',
    version UInt64 COMMENT 'Number of the build',
    is_deleted UInt8 DEFAULT 0 COMMENT 'Waits no more'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (kind, period, region_id, genre_id, contributor)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Take-backs that wait for the next revision of a chart';
