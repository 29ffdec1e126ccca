-- What the site may read of sessions: those that are public, one at a time and by the id that a stranger has to know, and
-- of them the columns that strangers may see. The views read with the rights of who made them, so the site needs none on
-- the tables behind them. No owner key and no session key comes out.
CREATE DATABASE IF NOT EXISTS public_playlists;

-- The session that a public id leads to.
CREATE VIEW IF NOT EXISTS public_playlists.sessions
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    name, toUnixTimestamp64Milli(started_at) AS started_at_ms, visibility,
    tracks.played AS played, arrayMap(at -> toUnixTimestamp64Milli(at), tracks.started_at) AS track_started_at_ms,
    tracks.played_seconds AS played_seconds, tracks.deck AS deck,
    tracks.title AS title, tracks.artist AS artist, tracks.label AS label,
    tracks.bpm AS bpm, tracks.key AS key, tracks.remixer AS remixer
FROM playlists.sessions FINAL
WHERE (owner, session_key) IN (
    SELECT owner, session_key FROM playlists.public_sessions FINAL WHERE public_id = {public_id:String});

-- What its DJ chose for it by hand.
CREATE VIEW IF NOT EXISTS public_playlists.choices
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT flag, value
FROM playlists.session_choices FINAL
WHERE (owner, session_key) IN (
        SELECT owner, session_key FROM playlists.public_sessions FINAL WHERE public_id = {public_id:String})
    AND flag IN ('name', 'visibility', 'deleted');

-- The name that its DJ is shown by.
CREATE VIEW IF NOT EXISTS public_playlists.display_names
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT value
FROM playlists.profile_members FINAL
WHERE owner IN (SELECT owner FROM playlists.public_sessions FINAL WHERE public_id = {public_id:String})
    AND member = 'displayName';
