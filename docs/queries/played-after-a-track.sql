-- What DJs play after a track, over all weeks: here after the track with the most transitions.
WITH (
    SELECT from_track_id FROM analytics.transition_weeks WHERE region = 'world' GROUP BY from_track_id
    ORDER BY sum(plays) DESC, from_track_id LIMIT 1
) AS track
SELECT
    any(name.artist) AS artist,
    any(name.title) AS title,
    sum(transition.plays) AS plays,
    max(transition.djs) AS djs_in_best_week
FROM analytics.transition_weeks AS transition
LEFT JOIN analytics.track_weeks AS name
    ON name.week = transition.week AND name.region = transition.region AND name.track_id = transition.to_track_id
WHERE transition.region = 'world' AND transition.from_track_id = track
GROUP BY transition.to_track_id
ORDER BY plays DESC, title
LIMIT 20
