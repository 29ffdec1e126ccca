-- What erasure, rotation, retention and the audit trail need.

-- What holds for a whole account, one row a state, so that setting one does not lose another. Accounts of which nothing
-- of this was ever said have no row. Outlives the account's data: without it an upload that comes late would bring an
-- erased account back.
CREATE TABLE IF NOT EXISTS playlists.account_states
(
    owner String COMMENT 'Owner key',
    state Enum8('tombstone' = 1, 'closed' = 2, 'blocked' = 3) COMMENT 'tombstone: all that is older was erased; closed: until the DJ begins anew; blocked: until an admin lifts it',
    value Nullable(String) COMMENT 'Problem code that uploads are refused with; NULL where it holds no longer',
    version UInt64 COMMENT 'Position of the event that said so',
    at DateTime64(3, 'UTC') COMMENT 'When'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (owner, state)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Accounts that were erased, are closed or blocked';

-- How far an erasure has come. `step` grows with the state, so that an event that is handed over again takes nothing
-- back. The owner stands in it until the end only, and so do names of charts that were shown for its sake alone.
CREATE TABLE IF NOT EXISTS playlists.erasures
(
    receipt_hash String COMMENT 'Keyed hash of the receipt',
    step UInt8 COMMENT '1 accepted, 2 erased, 3 the charts are made without it, 4 complete',
    owner String COMMENT 'Owner key; empty once it is complete',
    version UInt64 COMMENT 'Position of the event that erased',
    accepted_at DateTime64(3, 'UTC') COMMENT 'When it was asked for',
    erased_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When no row was left',
    completed_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the charts were made without it',
    rows_left Map(String, UInt64) COMMENT 'Rows by table, counted afterwards',
    charts_rebuilt Array(String) COMMENT 'Charts that the account had a part in, made without it',
    charts_waiting Array(String) COMMENT 'Charts that still are to be made without it',
    log_expires_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the event log holds nothing of it any more'
)
ENGINE = ReplacingMergeTree(step)
ORDER BY receipt_hash
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Erasures and their receipts';

-- The tombstones as the chart builder knows them: nothing older of these contributors counts, whoever writes it late.
CREATE TABLE IF NOT EXISTS charts.tombstones
(
    contributor UInt64 COMMENT 'Pseudonym of the account',
    key_version UInt16 COMMENT 'Version of the key that made the pseudonym',
    version UInt64 COMMENT 'Position of the event that erased',
    at DateTime64(3, 'UTC') COMMENT 'When'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY contributor
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Contributors that were erased';

-- Weeks in which sessions behind the charts have reached their retention: charts of periods that touch one stay as they are.
CREATE TABLE IF NOT EXISTS charts.frozen_weeks
(
    week UInt32 COMMENT 'ISO week',
    frozen_at DateTime64(3, 'UTC') COMMENT 'When'
)
ENGINE = ReplacingMergeTree(frozen_at)
ORDER BY week
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Weeks whose charts are built no more';

-- Versions of the contributor key: each is derived from the master key and a salt of its own, so that a version is
-- destroyed with its salt. The newest active one makes the pseudonyms; others are left over from a rotation that broke off.
CREATE TABLE IF NOT EXISTS operations.contributor_keys
(
    version UInt16 COMMENT 'Version of the key',
    salt String COMMENT 'Salt, base64',
    is_active UInt8 COMMENT 'Pseudonyms in use are of this version',
    changed_at DateTime64(3, 'UTC') COMMENT 'When'
)
ENGINE = ReplacingMergeTree(changed_at)
ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'Versions of the contributor key';

-- What admins did, without the personal data: accounts stand in it by keyed hashes of their own.
CREATE DATABASE IF NOT EXISTS audit;

CREATE TABLE IF NOT EXISTS audit.actions
(
    at DateTime64(3, 'UTC') COMMENT 'When',
    id UUID COMMENT 'Its own, so that writing the outcome adds no second one',
    actor String COMMENT 'Keyed hash of the account that acted',
    action LowCardinality(String) COMMENT 'What was asked for: method and route',
    subject String COMMENT 'Keyed hash of the account that it was about; empty where there is none',
    outcome UInt16 COMMENT 'Status of the answer; 0 while it is under way'
)
ENGINE = ReplacingMergeTree(outcome)
ORDER BY (at, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, old_parts_lifetime = 1
COMMENT 'What admins did';

-- The version of the key stands in every row with a contributor's pseudonym.
ALTER TABLE charts.contributors ADD COLUMN IF NOT EXISTS key_version UInt16 DEFAULT 1 COMMENT 'Version of the key that made the pseudonym';
ALTER TABLE charts.contributions ADD COLUMN IF NOT EXISTS key_version UInt16 DEFAULT 1 COMMENT 'Version of the key that made the pseudonyms';
ALTER TABLE charts.changes ADD COLUMN IF NOT EXISTS key_version UInt16 DEFAULT 1 COMMENT 'Version of the key that made the pseudonym';
ALTER TABLE charts.bases ADD COLUMN IF NOT EXISTS key_version UInt16 DEFAULT 1 COMMENT 'Version of the key that made the pseudonym';
ALTER TABLE charts.pending_take_backs ADD COLUMN IF NOT EXISTS key_version UInt16 DEFAULT 1 COMMENT 'Version of the key that made the pseudonym';

-- What was deleted must be off the disk soon, and not after the eight minutes that a server's default is.
ALTER TABLE playlists.sessions MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE playlists.session_choices MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE playlists.profile_members MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE playlists.choice_history MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE playlists.public_sessions MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.contributors MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.contributions MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.changes MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.published MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.entries MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.bases MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.pending_take_backs MODIFY SETTING old_parts_lifetime = 1;
