-- The best tracks of each chart to publish, for one level of regions and one kind of genre. More than are shown, because
-- an entry whose texts too few accounts share is withheld and the next one takes its place.
INSERT INTO charts.build_places
SELECT region_id, genre_id, track, count() AS djs, sum(plays) AS track_plays
FROM
(
    SELECT {{region}} AS region_id, {{genre}} AS genre_id, track, plays
    FROM {{pairs}} AS pair
    INNER JOIN charts.build_contributors AS located ON pair.contributor = located.contributor
    {{scenes}}
)
WHERE plays > 0 AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_plan WHERE publishes = 1)
GROUP BY region_id, genre_id, track
HAVING djs >= {minimum_djs:UInt32}
ORDER BY region_id, genre_id, djs DESC, track_plays DESC, track
LIMIT {places_max:UInt32} BY region_id, genre_id
