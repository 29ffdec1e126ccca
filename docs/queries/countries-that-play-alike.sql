-- Countries that play alike: the share of tracks that two countries both show in the newest week (Jaccard index).
WITH (SELECT max(week) FROM analytics.track_weeks) AS newest
SELECT
    one.region AS country,
    other.region AS other_country,
    length(arrayIntersect(one.tracks, other.tracks)) AS tracks_shared,
    round(tracks_shared / (length(one.tracks) + length(other.tracks) - tracks_shared), 3) AS likeness
FROM (
    SELECT region, groupUniqArray(track_id) AS tracks FROM analytics.track_weeks
    WHERE week = newest AND length(region) = 2 GROUP BY region
) AS one
CROSS JOIN (
    SELECT region, groupUniqArray(track_id) AS tracks FROM analytics.track_weeks
    WHERE week = newest AND length(region) = 2 GROUP BY region
) AS other
WHERE one.region < other.region
ORDER BY likeness DESC, country, other_country
LIMIT 50
