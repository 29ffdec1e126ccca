-- The personal database: what DJs see of themselves. Ordered by owner, because one DJ's data is what is read, replaced
-- and erased together.
CREATE DATABASE IF NOT EXISTS playlists;

-- A session whole, in one row: replaced by one write, deleted by one. `version` is the position of the event that wrote
-- the row. The choices 'unset' tell an upload that said nothing from one that said the default.
CREATE TABLE IF NOT EXISTS playlists.sessions
(
    owner String COMMENT 'Owner key',
    session_key String COMMENT 'Key of the session',
    version UInt64 COMMENT 'Position of the event that wrote the row, under the epoch of the log',
    is_deleted UInt8 DEFAULT 0 COMMENT 'The DJ deleted the session',
    received_at DateTime64(3, 'UTC') COMMENT 'When the session was last received',
    session_id String COMMENT 'Id as the software gave it',
    history_id Nullable(String) COMMENT 'Id of the history database',
    export_id Nullable(String) COMMENT 'Id of the export',
    software_name Nullable(String) COMMENT 'Name of the DJ software',
    software_version Nullable(String) COMMENT 'Version of the DJ software',
    system_os Nullable(String) COMMENT 'Operating system',
    system_processor Nullable(String) COMMENT 'Processor',
    system_computer_type Nullable(String) COMMENT 'Computer type',
    name Nullable(String) COMMENT 'Name that the DJ gave',
    started_at DateTime64(3, 'UTC') COMMENT 'Start of the session',
    ended_at Nullable(DateTime64(3, 'UTC')) COMMENT 'End of the session',
    edited_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the session was last edited',
    visibility Enum8('unset' = 0, 'private' = 1, 'public' = 2) COMMENT 'What the upload said',
    contribute Enum8('unset' = 0, 'no' = 1, 'yes' = 2) COMMENT 'What the upload said',
    counting Nested
    (
        day UInt16,
        track UInt64,
        genres LowCardinality(String)
    ) COMMENT 'Day (since 1970), track and genres of each play that may count: where its contributions lie, and what a later version takes back',
    tracks Nested
    (
        id String,
        deck Nullable(Int16),
        played Nullable(Bool),
        started_at DateTime64(3, 'UTC'),
        ended_at Nullable(DateTime64(3, 'UTC')),
        played_seconds Nullable(Float64),
        played_percent Nullable(Float64),
        edited_at Nullable(DateTime64(3, 'UTC')),
        title Nullable(String),
        artist Nullable(String),
        album Nullable(String),
        genre Nullable(String),
        label Nullable(String),
        bpm Nullable(Float64),
        key Nullable(String),
        remixer Nullable(String),
        composer Nullable(String),
        year Nullable(Int16),
        rating Nullable(Float64),
        track_number Nullable(Int16),
        bit_rate Nullable(Float64),
        sample_rate Nullable(Float64),
        file_name Nullable(String),
        file_size Nullable(UInt64),
        length_seconds Nullable(Float64)
    ) COMMENT 'Its tracks, in the order of the upload'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (owner, session_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Sessions, each in one row';

-- What a DJ chose for a session by hand, one row a flag, so that setting one does not lose another and uploading the
-- session again does not undo it. 'deleted' stays as a tombstone: a deleted session that is sent again stays deleted.
CREATE TABLE IF NOT EXISTS playlists.session_choices
(
    owner String COMMENT 'Owner key',
    session_key String COMMENT 'Key of the session',
    flag Enum8('name' = 1, 'visibility' = 2, 'contribute' = 3, 'deleted' = 4) COMMENT 'What was chosen',
    value Nullable(String) COMMENT 'The choice as JSON; NULL where it no longer holds',
    version UInt64 COMMENT 'Position of the event that chose'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (owner, session_key, flag)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Choices of DJs for their sessions';

-- The profile, one row a member (`location.country`, `choices.charts`), for the same reason.
CREATE TABLE IF NOT EXISTS playlists.profile_members
(
    owner String COMMENT 'Owner key',
    member LowCardinality(String) COMMENT 'Path of the member',
    value Nullable(String) COMMENT 'Its value as JSON; NULL where it was taken back',
    version UInt64 COMMENT 'Position of the event that set it'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (owner, member)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Profiles of DJs';

-- Every choice ever made stays, with its time and the version of the text that was shown.
CREATE TABLE IF NOT EXISTS playlists.choice_history
(
    owner String COMMENT 'Owner key',
    choice LowCardinality(String) COMMENT 'charts, statistics, usage',
    version UInt64 COMMENT 'Position of the event that chose',
    value Bool COMMENT 'What was chosen',
    chosen_at DateTime64(3, 'UTC') COMMENT 'When',
    consent_text Nullable(String) COMMENT 'Version of the text that was shown'
)
ENGINE = ReplacingMergeTree
ORDER BY (owner, choice, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'History of consents and objections';

-- Where a public id leads. Only this table is asked with what a stranger sends, so a private session, a deleted one and
-- one that never was take the same way through the code.
CREATE TABLE IF NOT EXISTS playlists.public_sessions
(
    public_id String COMMENT 'Public id of the session',
    owner String COMMENT 'Owner key',
    session_key String COMMENT 'Key of the session',
    version UInt64 COMMENT 'Position of the event that wrote the row',
    is_deleted UInt8 DEFAULT 0 COMMENT 'No longer public'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY public_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'Sessions that their DJs made public';
