-- Tables that a build of charts fills and empties again. Regions and genres are integers here, because that is what the
-- grouping of millions of rows is fast with.

-- Accounts that consent, and the regions that each counts in; 0 where there is none.
CREATE TABLE IF NOT EXISTS charts.build_contributors
(
    contributor UInt64 COMMENT 'Pseudonym of the account',
    world UInt64 COMMENT 'The world, for all',
    continent UInt64 COMMENT 'Continent',
    country UInt64 COMMENT 'Country',
    subdivision UInt64 COMMENT 'Subdivision',
    scenes Array(LowCardinality(String)) COMMENT 'Scenes, as genres of charts'
)
ENGINE = MergeTree
ORDER BY contributor
COMMENT 'Contributors of the build in hand';

-- One row a DJ and track, so that counting DJs is counting rows.
CREATE TABLE IF NOT EXISTS charts.build_pairs
(
    contributor UInt64 COMMENT 'Pseudonym of the account',
    track UInt64 COMMENT 'Track',
    plays UInt32 COMMENT 'Counted plays, capped',
    given UInt64 COMMENT 'Hash of track, plays and texts',
    artist String COMMENT 'Artist as this DJ spells it',
    title String COMMENT 'Title as this DJ spells it',
    label String COMMENT 'Label as this DJ spells it'
)
ENGINE = MergeTree
ORDER BY (track, contributor)
COMMENT 'Pairs of contributor and track in the period in hand';

-- The same for each genre that the DJ''s tags say.
CREATE TABLE IF NOT EXISTS charts.build_genre_pairs
(
    genre_id UInt64 COMMENT 'Hash of the genre',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    track UInt64 COMMENT 'Track',
    plays UInt32 COMMENT 'Counted plays, capped',
    given UInt64 COMMENT 'Hash of track, plays and texts'
)
ENGINE = MergeTree
ORDER BY (genre_id, track, contributor)
COMMENT 'Pairs of contributor and track by genre in the period in hand';

-- The names of the genres'' hashes.
CREATE TABLE IF NOT EXISTS charts.build_genres
(
    genre_id UInt64 COMMENT 'Hash of the genre',
    genre String COMMENT 'all, slug, scene-SLUG'
)
ENGINE = ReplacingMergeTree
ORDER BY genre_id
COMMENT 'Genres of the period in hand';

-- Who gives what to which chart.
CREATE TABLE IF NOT EXISTS charts.build_members
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    given UInt64 COMMENT 'Hash of what it gives to the chart',
    plays UInt64 COMMENT 'Counted plays'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id, contributor)
COMMENT 'Members of the charts of the period in hand';

-- The marks that the build found when it began.
CREATE TABLE IF NOT EXISTS charts.build_marks
(
    week UInt32 COMMENT 'ISO week that changed',
    contributor UInt64 COMMENT 'Who took something back; 0 in other marks',
    taken_back UInt8 COMMENT 'Something that may have counted counts no more',
    merged UInt8 COMMENT 'Tracks were merged, or a merge undone',
    changed_at DateTime64(3, 'UTC') COMMENT 'When the change was received',
    mark UUID COMMENT 'Its id'
)
ENGINE = MergeTree
ORDER BY week
COMMENT 'Marks of the build in hand';

-- Members that give something else than what the shown revision of the chart was made of.
CREATE TABLE IF NOT EXISTS charts.build_changed
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre',
    contributor UInt64 COMMENT 'Pseudonym of the account',
    is_member UInt8 COMMENT 'Gives something now',
    given UInt64 COMMENT 'Hash of what it gives to the chart',
    taken_back_at Nullable(DateTime64(3, 'UTC')) COMMENT 'Since when a take-back of it waits'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id, contributor)
COMMENT 'Changed members of the charts of the period in hand';

-- What the build decided: charts that get a new revision, and charts that are not shown.
CREATE TABLE IF NOT EXISTS charts.build_plan
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre',
    publishes UInt8 COMMENT '1: gets a new revision; 0: is not shown, so nothing waits in it'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id)
COMMENT 'Decisions on the charts of the period in hand';

-- The places of those charts, before texts and ranks.
CREATE TABLE IF NOT EXISTS charts.build_places
(
    region_id UInt64 COMMENT 'Region',
    genre_id UInt64 COMMENT 'Hash of the genre',
    track UInt64 COMMENT 'Track',
    djs UInt32 COMMENT 'Distinct accounts',
    plays UInt64 COMMENT 'Counted plays'
)
ENGINE = MergeTree
ORDER BY (region_id, genre_id, track)
COMMENT 'Candidates for entries of the period in hand';
