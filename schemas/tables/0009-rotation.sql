-- What a rotation of the contributor key has in hand: each pseudonym that there is, and the one that takes its place.
-- `key_version` tells, after a crash, whether the rows under it are to stay: they are when it is in use.

CREATE TABLE IF NOT EXISTS charts.renewed_contributors
(
    contributor UInt64 COMMENT 'Pseudonym of an account under the key in use',
    renewed UInt64 COMMENT 'The one under the next key',
    key_version UInt16 COMMENT 'Version of the next key'
)
ENGINE = ReplacingMergeTree
ORDER BY contributor
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Accounts in the rotation under way';

CREATE TABLE IF NOT EXISTS charts.renewed_sessions
(
    session UInt64 COMMENT 'Pseudonym of a session under the key in use',
    renewed UInt64 COMMENT 'The one under the next key'
)
ENGINE = ReplacingMergeTree
ORDER BY session
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Sessions in the rotation under way';
