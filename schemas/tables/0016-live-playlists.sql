-- How far a public session has come, for the site to tell whether it is still going on. Strangers see that it is, and none
-- of these times.
CREATE VIEW IF NOT EXISTS public_playlists.progress
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    toUnixTimestamp64Milli(received_at) AS received_at_ms,
    toUnixTimestamp64Milli(ended_at) AS ended_at_ms,
    toUnixTimestamp64Milli(arrayMax(arrayPushBack(tracks.started_at, started_at))) AS newest_track_at_ms
FROM playlists.sessions FINAL
WHERE (owner, session_key) IN (
    SELECT owner, session_key FROM playlists.public_sessions FINAL WHERE public_id = {public_id:String});
