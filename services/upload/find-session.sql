-- The sessions of an owner that a path may mean: by key, else by id. Two rows are enough to know that an id is ambiguous.
-- A key goes before an id that looks like one.
SELECT session_key, session_key = {ref:String} AS is_key
FROM playlists.sessions FINAL
WHERE owner = {owner:String} AND (session_key = {ref:String} OR session_id = {ref:String})
ORDER BY is_key DESC
LIMIT 2
