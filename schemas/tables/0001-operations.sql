-- What the service itself has to remember: which migrations ran, which key and which log the rows came from.
CREATE DATABASE IF NOT EXISTS operations;

CREATE TABLE IF NOT EXISTS operations.migrations
(
    number UInt32 COMMENT 'Number of the file',
    name String COMMENT 'Name of the file',
    applied_at DateTime64(3, 'UTC') COMMENT 'When it was applied'
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY number
COMMENT 'Migrations that were applied';

-- One row a fact, so that a new fact needs no migration.
CREATE TABLE IF NOT EXISTS operations.facts
(
    name String COMMENT 'key-check, event-log',
    value String COMMENT 'The fact, as JSON',
    version UInt64 COMMENT 'Unix milliseconds of the writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name
COMMENT 'Which master key and which event log the rows came from';
