-- What is played after a track, over a few weeks: sums of rows that are each published for themselves.
SELECT to_track_id AS id, sum(plays) AS plays
FROM analytics.transition_weeks
WHERE week >= {from:String} AND region = 'world' AND from_track_id = {track:String} AND to_track_id != {track:String}
GROUP BY to_track_id
ORDER BY plays DESC, to_track_id
LIMIT {rows:UInt16}
