-- Leases of jobs that one process at a time does (services/platform/store/lease.ts). Beside this table each lease has an empty
-- one of its own, whose name has the term: renaming it is what takes the lease.
CREATE DATABASE IF NOT EXISTS leases;

-- How long each term holds. The newest renewal counts; terms of last month are of no use to anybody.
CREATE TABLE IF NOT EXISTS leases.terms
(
    name LowCardinality(String) COMMENT 'Name of the lease',
    term UInt64 COMMENT 'Term of the lease',
    renewal UInt64 COMMENT 'Grows with each renewal',
    holder String COMMENT 'Process that has it: a random name',
    expires_at DateTime64(3, 'UTC') COMMENT 'When the term ends unless it is renewed',
    is_given_back UInt8 COMMENT 'Its holder gave it back'
)
ENGINE = ReplacingMergeTree(renewal)
ORDER BY (name, term)
TTL toDateTime(expires_at) + INTERVAL 30 DAY
SETTINGS old_parts_lifetime = 1
COMMENT 'Who has which lease, and until when';
