-- At which tempo and in which key a track was played, week by week, the newest first. The view shows nothing of fewer
-- accounts than its minimum.
SELECT week, bpm_median, key
FROM analytics.track_weeks
WHERE week >= {from:String} AND region = 'world' AND track_id = {track:String}
ORDER BY week DESC
