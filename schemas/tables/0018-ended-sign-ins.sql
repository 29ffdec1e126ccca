-- Sign-ins on the pages that were ended before their time. A sign-in is a sealed cookie that any process opens and none
-- keeps, so that somebody has signed out has to stand where every process looks. It names nobody: the hash is that of a
-- random secret, and whose it was stands in the cookie alone.
CREATE TABLE IF NOT EXISTS operations.ended_sign_ins
(
    secret_hash String COMMENT 'SHA-256 of the secret of its forms',
    expires_at DateTime64(3, 'UTC') COMMENT 'When the cookie ends by itself; then the row is of no use'
)
ENGINE = ReplacingMergeTree
ORDER BY secret_hash
TTL toDateTime(expires_at) + INTERVAL 1 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Sign-ins on the pages that were ended before their time';
