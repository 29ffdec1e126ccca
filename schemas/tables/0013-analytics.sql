-- The tables of analysts. They read views alone, in a database of their own; the rows behind them are of a revision, of which
-- one is shown, so that a week is seen whole, as it was or as it is now. The comments of the views are the data dictionary.
CREATE DATABASE IF NOT EXISTS analytics;

-- Which revision of a period analysts see. One row switches it. The charts of a period have revisions of their own, for the
-- ranks in them may change with those of an earlier period.
CREATE TABLE IF NOT EXISTS charts.analytics_shown
(
    what Enum8('charts' = 1, 'week' = 2, 'withheld' = 3) COMMENT 'charts: analytics.charts of the period; week: the other tables of the week; withheld: what is withheld of a year',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    revision UInt32 COMMENT 'Revision of the rows that are shown',
    built_at DateTime64(3, 'UTC') COMMENT 'When they were built',
    version UInt64 COMMENT 'Number of the build'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (what, period)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'The revision of each period that analysts see';

CREATE TABLE IF NOT EXISTS charts.analytics_charts
(
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    revision UInt32 COMMENT 'Revision of the period for analysts',
    region LowCardinality(String) COMMENT 'Code of the region',
    genre LowCardinality(String) COMMENT 'all, slug, scene-SLUG',
    rank UInt8 COMMENT 'Place in the published chart',
    previous_rank Nullable(UInt8) COMMENT 'Place in the chart of the period before',
    peak_rank UInt8 COMMENT 'Best place up to this period',
    periods_on_chart UInt32 COMMENT 'Charts with the track up to this period',
    track UInt64 COMMENT 'Track',
    artist String COMMENT 'Artist, as the chart shows it',
    title String COMMENT 'Title, as the chart shows it',
    label String COMMENT 'Label, as the chart shows it',
    djs UInt32 COMMENT 'Distinct accounts of the analysts'' population',
    plays UInt64 COMMENT 'Their counted plays'
)
ENGINE = MergeTree
ORDER BY (period, revision, region, genre, rank)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Entries of published charts for analysts, by revision';

CREATE TABLE IF NOT EXISTS charts.analytics_track_weeks
(
    week LowCardinality(String) COMMENT '2026-W07',
    revision UInt32 COMMENT 'Revision of the week for analysts',
    region LowCardinality(String) COMMENT 'Code of the region',
    track UInt64 COMMENT 'Track',
    artist String COMMENT 'Artist, in a form that enough accounts share',
    title String COMMENT 'Title, in a form that enough accounts share',
    djs UInt32 COMMENT 'Distinct accounts',
    plays UInt64 COMMENT 'Counted plays',
    played_seconds_median Nullable(UInt32) COMMENT 'Seconds played',
    bpm_median Nullable(Float64) COMMENT 'Beats per minute',
    key LowCardinality(String) COMMENT 'Musical key that most accounts have'
)
ENGINE = MergeTree
ORDER BY (week, revision, region, track)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Tracks by week and region for analysts, by revision';

CREATE TABLE IF NOT EXISTS charts.analytics_tag_weeks
(
    week LowCardinality(String) COMMENT '2026-W07',
    revision UInt32 COMMENT 'Revision of the week for analysts',
    region LowCardinality(String) COMMENT 'Code of the region',
    tag LowCardinality(String) COMMENT 'genre, label, key, bpm, year, remixer, bit_rate, software, os, deck',
    value String COMMENT 'Value of the tag, in a form that enough accounts share',
    djs UInt32 COMMENT 'Distinct accounts',
    plays UInt64 COMMENT 'Counted plays'
)
ENGINE = MergeTree
ORDER BY (week, revision, region, tag, value)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Values of tags by week and region for analysts, by revision';

CREATE TABLE IF NOT EXISTS charts.analytics_transition_weeks
(
    week LowCardinality(String) COMMENT '2026-W07',
    revision UInt32 COMMENT 'Revision of the week for analysts',
    region LowCardinality(String) COMMENT 'Code of the region',
    from_track UInt64 COMMENT 'The track that was played first',
    to_track UInt64 COMMENT 'The track that was played next',
    djs UInt32 COMMENT 'Distinct accounts',
    plays UInt64 COMMENT 'How often'
)
ENGINE = MergeTree
ORDER BY (week, revision, region, from_track, to_track)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'What is played after what by week and region for analysts, by revision';

-- Rows on tracks that are withheld because weeks, months and years tell of each other. They are found among all that is shown of
-- a year, whenever something of it was built anew, and so depend on nothing that was shown before.
CREATE TABLE IF NOT EXISTS charts.analytics_withheld
(
    year LowCardinality(String) COMMENT '2026',
    revision UInt32 COMMENT 'Revision of the year for analysts',
    source Enum8('charts' = 1, 'week' = 2) COMMENT 'charts: rows of analytics.charts; week: of analytics.track_weeks',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    region LowCardinality(String) COMMENT 'Code of the region',
    genre LowCardinality(String) COMMENT 'all, slug, scene-SLUG',
    track UInt64 COMMENT 'Track'
)
ENGINE = MergeTree
ORDER BY (year, revision, source, period, region, genre, track)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Rows that analysts do not see because others tell of them, by revision';

-- What analysts see. The views read with the rights of who made them, so analysts need none on the tables behind them.
CREATE VIEW IF NOT EXISTS analytics.charts
(
    region LowCardinality(String) COMMENT 'Region: world, a continent (europe), a country (ISO 3166-1, NZ) or a subdivision (ISO 3166-2, NZ-AUK)',
    genre LowCardinality(String) COMMENT 'all, a genre (house: plays of tracks in it and its sub-genres), or a scene (scene-house: what DJs who prefer the genre play)',
    period LowCardinality(String) COMMENT 'ISO week (2026-W07), month (2026-02) or year (2026), in UTC',
    rank UInt8 COMMENT 'Place in the published chart, from 1: by accounts, then plays',
    previous_rank Nullable(UInt8) COMMENT 'Place in the published chart of the period before; NULL where it was on none',
    peak_rank UInt8 COMMENT 'Best place in this chart up to this period',
    periods_on_chart UInt32 COMMENT 'In how many periods up to this one the track was on this chart',
    track_id String COMMENT 'Id of the track, 16 hex digits, as in the public API',
    artist String COMMENT 'Artist, as the published chart shows it',
    title String COMMENT 'Title, as the published chart shows it',
    label String COMMENT 'Record label, as the published chart shows it; empty where too few accounts share one',
    djs UInt32 COMMENT 'Distinct accounts that played it, without those that object to statistics',
    plays UInt64 COMMENT 'Their plays that count; an account gives a limited number to an entry'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    region, genre, period, rank, previous_rank, peak_rank, periods_on_chart,
    leftPad(lower(hex(track)), 16, '0') AS track_id, artist, title, label, djs, plays
FROM charts.analytics_charts
WHERE (period, revision) IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'charts')
  AND (period, region, genre, track) NOT IN
  (
      SELECT period, region, genre, track
      FROM charts.analytics_withheld
      WHERE source = 'charts'
        AND (year, revision) IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'withheld')
  )
COMMENT 'A row is an entry of a published chart';

CREATE VIEW IF NOT EXISTS analytics.track_weeks
(
    week LowCardinality(String) COMMENT 'ISO week in UTC (2026-W07)',
    region LowCardinality(String) COMMENT 'Region: world, a continent (europe), a country (ISO 3166-1, NZ) or a subdivision (ISO 3166-2, NZ-AUK)',
    track_id String COMMENT 'Id of the track, 16 hex digits, as in the public API',
    artist String COMMENT 'Artist, as most of the accounts spell it',
    title String COMMENT 'Title, as most of the accounts spell it',
    djs UInt32 COMMENT 'Distinct accounts that played it',
    plays UInt64 COMMENT 'Plays that count; an account gives a limited number to a track and week',
    played_seconds_median Nullable(UInt32) COMMENT 'Median of how many seconds of it the accounts play, one value an account; NULL where too few tell',
    bpm_median Nullable(Float64) COMMENT 'Median of the tempo that the accounts'' tags say, in beats per minute to a tenth, one value an account; NULL where too few tell',
    key LowCardinality(String) COMMENT 'Musical key that most of the accounts'' tags say, on Camelot''s wheel (8A); empty where too few say the same'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    week, region, leftPad(lower(hex(track)), 16, '0') AS track_id, artist, title, djs, plays,
    played_seconds_median, bpm_median, key
FROM charts.analytics_track_weeks
WHERE (week, revision) IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'week')
  AND (week, region, track) NOT IN
  (
      SELECT period, region, track
      FROM charts.analytics_withheld
      WHERE source = 'week'
        AND (year, revision) IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'withheld')
  )
COMMENT 'A row is a track in a week and region, on a chart or not';

CREATE VIEW IF NOT EXISTS analytics.tag_weeks
(
    week LowCardinality(String) COMMENT 'ISO week in UTC (2026-W07)',
    region LowCardinality(String) COMMENT 'Region: world, a continent (europe), a country (ISO 3166-1, NZ) or a subdivision (ISO 3166-2, NZ-AUK)',
    tag LowCardinality(String) COMMENT 'genre, label, key, bpm, year, remixer, bit_rate, software, os or deck',
    value String COMMENT 'genre: its slug, and a play counts in the genres above it too; label, remixer, software: as most of the accounts spell it; key: on Camelot''s wheel (8A); bpm: whole beats per minute; year: of release; bit_rate: whole kbit/s; os: name of the operating system without its version; deck: its number',
    djs UInt32 COMMENT 'Distinct accounts that played tracks with this value',
    plays UInt64 COMMENT 'Plays of such tracks that count; an account gives a limited number to a track, value and week'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT week, region, tag, value, djs, plays
FROM charts.analytics_tag_weeks
WHERE (week, revision) IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'week')
COMMENT 'A row is a value of a tag in a week and region';

CREATE VIEW IF NOT EXISTS analytics.transition_weeks
(
    week LowCardinality(String) COMMENT 'ISO week in UTC (2026-W07)',
    region LowCardinality(String) COMMENT 'Region: world, a continent (europe), a country (ISO 3166-1, NZ) or a subdivision (ISO 3166-2, NZ-AUK)',
    from_track_id String COMMENT 'Id of the track that was played first, 16 hex digits',
    to_track_id String COMMENT 'Id of the track that was played directly after it in the same session, 16 hex digits',
    djs UInt32 COMMENT 'Distinct accounts that did so',
    plays UInt64 COMMENT 'How often; an account gives a limited number to a transition and week'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    week, region, leftPad(lower(hex(from_track)), 16, '0') AS from_track_id,
    leftPad(lower(hex(to_track)), 16, '0') AS to_track_id, djs, plays
FROM charts.analytics_transition_weeks
WHERE (week, revision) IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'week')
COMMENT 'A row is two tracks that were played one after the other in a week and region';

-- What the tables of analysts need of a play beside what charts need. Of sessions from before this file there is nothing of
-- it until they are derived again. 0 and empty texts: not known.
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.before Array(UInt64) COMMENT 'The track that was played directly before, where its play may count in the same week; 0 where there is none';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.seconds Array(UInt32) COMMENT 'Seconds played';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.bpm_hundredths Array(UInt32) COMMENT 'Tempo, hundredths of beats per minute';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.key Array(LowCardinality(String)) COMMENT 'Musical key, on Camelot''s wheel';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.year Array(UInt16) COMMENT 'Year of release';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.bit_rate Array(UInt32) COMMENT 'Bit rate, kbit/s';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.clean_label Array(LowCardinality(String)) COMMENT 'Label, cleaned';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.remixer Array(LowCardinality(String)) COMMENT 'Remixer, as typed';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.clean_remixer Array(LowCardinality(String)) COMMENT 'Remixer, cleaned';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS plays.deck Array(LowCardinality(String)) COMMENT 'Number of the deck; of nobody who objects to usage information';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS software LowCardinality(String) COMMENT 'Name of the DJ software; of nobody who objects to usage information';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS os LowCardinality(String) COMMENT 'Name of the operating system; of nobody who objects to usage information';

-- Marks with `analytics`: an account objected, took that back or was erased, so what analysts see is built anew, whatever
-- becomes of the charts.
ALTER TABLE charts.changes ADD COLUMN IF NOT EXISTS analytics UInt8 DEFAULT 0 COMMENT 'What analysts see does not wait for the charts';
ALTER TABLE charts.build_marks ADD COLUMN IF NOT EXISTS analytics UInt8 DEFAULT 0 COMMENT 'What analysts see does not wait for the charts';

-- Who counts for analysts, and the finest region that is known of an account.
ALTER TABLE charts.build_contributors ADD COLUMN IF NOT EXISTS finest UInt64 COMMENT 'The finest region that is known';
ALTER TABLE charts.build_contributors ADD COLUMN IF NOT EXISTS statistics UInt8 COMMENT '0 objects to statistics';
ALTER TABLE charts.build_contributors ADD COLUMN IF NOT EXISTS usage UInt8 COMMENT '0 objects to usage information, or to statistics';

-- Plays of the week in hand that count, with merged tracks as one.
CREATE TABLE IF NOT EXISTS charts.build_analytics_plays
(
    contributor UInt64 COMMENT 'Pseudonym of the account',
    session UInt64 COMMENT 'Pseudonym of the session',
    track UInt64 COMMENT 'The track that it is counted as',
    played_track UInt64 COMMENT 'The track before any merge',
    before UInt64 COMMENT 'The track that was played directly before, before any merge; 0 where there is none',
    seconds UInt32 COMMENT 'Seconds played; 0 where unknown',
    bpm_hundredths UInt32 COMMENT 'Tempo, hundredths of beats per minute; 0 where unknown',
    key LowCardinality(String) COMMENT 'Musical key',
    year UInt16 COMMENT 'Year of release; 0 where unknown',
    bit_rate UInt32 COMMENT 'Bit rate, kbit/s; 0 where unknown',
    label String COMMENT 'Label as typed',
    clean_label String COMMENT 'Label, cleaned',
    remixer String COMMENT 'Remixer as typed',
    clean_remixer String COMMENT 'Remixer, cleaned',
    deck LowCardinality(String) COMMENT 'Number of the deck',
    software LowCardinality(String) COMMENT 'Name of the DJ software',
    os LowCardinality(String) COMMENT 'Name of the operating system',
    genres Array(LowCardinality(String)) COMMENT 'Genres of the play, with those above them'
)
ENGINE = MergeTree
ORDER BY (track, contributor)
COMMENT 'Plays of the week in hand that count, for analysts';

-- Who gives how many plays to which item (a track, a value of a tag, a transition) of the table in hand.
CREATE TABLE IF NOT EXISTS charts.build_analytics_items
(
    item UInt64 COMMENT 'Track, hash of the value, or track that was played first',
    next_item UInt64 COMMENT 'Number of the tag, or track that was played next; 0 for tracks',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    plays UInt64 COMMENT 'Counted plays, capped',
    value String COMMENT 'Value of the tag, cleaned; empty in other tables',
    spelling String COMMENT 'The value as this account spells it; empty where all spell it so'
)
ENGINE = MergeTree
ORDER BY (item, next_item, contributor)
COMMENT 'Pairs of item and contributor of the table in hand, for analysts';

-- Which items of the table in hand are shown in which regions, and by which text.
CREATE TABLE IF NOT EXISTS charts.build_analytics_cells
(
    item UInt64 COMMENT 'Track, hash of the value, or track that was played first',
    next_item UInt64 COMMENT 'Number of the tag, or track that was played next; 0 for tracks',
    region_id UInt64 COMMENT 'Region',
    region LowCardinality(String) COMMENT 'Code of the region',
    text String COMMENT 'Artist or value, in a form that enough accounts share',
    title String COMMENT 'Title, in a form that enough accounts share'
)
ENGINE = MergeTree
ORDER BY (item, next_item, region_id)
COMMENT 'Cells of the table in hand that analysts see';

-- The entries of the published charts of the period in hand.
CREATE TABLE IF NOT EXISTS charts.build_analytics_charted
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre',
    track UInt64 COMMENT 'Track',
    region LowCardinality(String) COMMENT 'Code of the region',
    genre LowCardinality(String) COMMENT 'all, slug, scene-SLUG',
    rank UInt8 COMMENT 'Place',
    artist String COMMENT 'Artist',
    title String COMMENT 'Title',
    label String COMMENT 'Label',
    djs UInt32 COMMENT 'Distinct accounts, as readers see them',
    plays UInt32 COMMENT 'Counted plays, as readers see them'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id, track)
COMMENT 'Entries of published charts of the period in hand, for analysts';

-- What the analysts' population gives to the entries of published charts, and how many stand behind them beside it.
CREATE TABLE IF NOT EXISTS charts.build_analytics_entries
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre',
    track UInt64 COMMENT 'Track',
    djs UInt32 COMMENT 'Distinct accounts of the population',
    plays UInt64 COMMENT 'Their counted plays',
    objectors UInt32 COMMENT 'Accounts behind the chart that are not in the population',
    objector_plays UInt64 COMMENT 'Their counted plays'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id, track)
COMMENT 'Entries of charts of the period in hand, for analysts';

-- Revisions as analysts are to see them: what switches them is one statement over this table, which the engine refuses to a
-- builder whose lease another one has taken.
CREATE TABLE IF NOT EXISTS charts.build_analytics_shown
(
    what Enum8('charts' = 1, 'week' = 2, 'withheld' = 3) COMMENT 'charts: analytics.charts of the period; week: the other tables of the week; withheld: what is withheld of a year',
    period LowCardinality(String) COMMENT '2026-W07, 2026-02, 2026',
    revision UInt32 COMMENT 'Revision of the rows that are shown',
    built_at DateTime64(3, 'UTC') COMMENT 'When they were built',
    version UInt64 COMMENT 'Number of the build'
)
ENGINE = MergeTree
ORDER BY (what, period)
COMMENT 'Revisions of the period in hand as analysts are to see them';
