-- Which key is played after which: the key that most DJs' copies of each track have, over the transitions of the newest four
-- weeks. Keys are as on the Camelot wheel, where neighbours mix well.
WITH (SELECT arraySlice(arrayReverseSort(groupUniqArray(week)), 1, 4) FROM analytics.transition_weeks) AS weeks
SELECT
    before.key AS from_key,
    after.key AS to_key,
    sum(transition.plays) AS plays,
    round(100 * plays / sum(plays) OVER (PARTITION BY from_key), 1) AS share_percent
FROM analytics.transition_weeks AS transition
INNER JOIN analytics.track_weeks AS before
    ON before.week = transition.week AND before.region = transition.region AND before.track_id = transition.from_track_id
INNER JOIN analytics.track_weeks AS after
    ON after.week = transition.week AND after.region = transition.region AND after.track_id = transition.to_track_id
WHERE transition.region = 'world' AND transition.week IN weeks AND before.key != '' AND after.key != ''
GROUP BY from_key, to_key
ORDER BY plays DESC, from_key, to_key
LIMIT 50
