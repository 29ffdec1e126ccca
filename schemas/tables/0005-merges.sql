-- Which tracks are one, although their keys differ. A merge is a row: applied by a builder of charts when it counts, never
-- written into a play, and undone by another row. No texts: what a merge was found by belongs to the DJs who typed it.
CREATE TABLE IF NOT EXISTS charts.merges
(
    track UInt64 COMMENT 'The track that is counted as another',
    into UInt64 COMMENT 'The other track',
    state Enum8('applied' = 1, 'suggested' = 2, 'undone' = 3) COMMENT 'undone holds against the matcher',
    score Float64 COMMENT 'How sure the matcher was, 0 to 1; 1 for an editor',
    reason LowCardinality(String) COMMENT 'What the matcher went by, out of a closed set; editor for an editor',
    decided_by String COMMENT 'matcher, or the pseudonym of an editor',
    decided_at DateTime64(3, 'UTC') COMMENT 'When',
    version UInt64 COMMENT 'Grows with each decision'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (track, into)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Merges of tracks and suggestions for them';

-- Every decision stays, so that an editor sees who merged and undid what, and when.
CREATE TABLE IF NOT EXISTS charts.merge_history
(
    track UInt64 COMMENT 'The track that is counted as another',
    into UInt64 COMMENT 'The other track',
    state Enum8('applied' = 1, 'suggested' = 2, 'undone' = 3) COMMENT 'What was decided',
    score Float64 COMMENT 'How sure the matcher was',
    reason LowCardinality(String) COMMENT 'What it went by',
    decided_by String COMMENT 'matcher, or the pseudonym of an editor',
    decided_at DateTime64(3, 'UTC') COMMENT 'When',
    version UInt64 COMMENT 'Grows with each decision'
)
ENGINE = ReplacingMergeTree
ORDER BY (track, version, into)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Every decision on merges';

-- The merges of the build in hand, chains resolved: every track of a group and the track that it is counted as.
CREATE TABLE IF NOT EXISTS charts.build_merges
(
    track UInt64 COMMENT 'A track of a merged group',
    canonical UInt64 COMMENT 'The track that the group is counted as'
)
ENGINE = MergeTree
ORDER BY track
COMMENT 'Merged groups of the build in hand';

-- Plays of merged tracks, each group once in a session.
CREATE TABLE IF NOT EXISTS charts.build_merged_plays
(
    contributor UInt64 COMMENT 'Pseudonym of the account',
    track UInt64 COMMENT 'The track that the group is counted as',
    artist String COMMENT 'Artist as this DJ spells it',
    title String COMMENT 'Title as this DJ spells it',
    label String COMMENT 'Label as this DJ spells it',
    genres Array(LowCardinality(String)) COMMENT 'Genres of the play, with those above them'
)
ENGINE = MergeTree
ORDER BY (track, contributor)
COMMENT 'Plays of merged tracks in the period in hand';
