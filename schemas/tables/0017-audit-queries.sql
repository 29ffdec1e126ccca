-- What analysts asked. A statement may hold what somebody wrote into it, whatever the tables hold: admins read it, and it goes
-- with the audit trail.
CREATE TABLE IF NOT EXISTS audit.queries
(
    at DateTime64(3, 'UTC') COMMENT 'When it was asked',
    id UUID COMMENT 'Its own, so that writing it again adds no second one',
    analyst String COMMENT 'Keyed hash of the account that asked',
    statement String COMMENT 'As it was sent, or its begin',
    code UInt32 COMMENT 'Number of the exception of ClickHouse; 0 where there was none',
    milliseconds UInt32 COMMENT 'Until all of the answer was sent',
    result_rows UInt64 COMMENT 'Rows of the answer, as far as the engine told before it began',
    bytes_sent UInt64 COMMENT 'Bytes of the answer before compression'
)
ENGINE = ReplacingMergeTree
ORDER BY (at, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'What analysts asked';
