-- Every spelling of some candidates, by how many accounts have it, for one level of regions and kind of genre.
SELECT region_id, genre_id, track, artist, title, count() AS djs
FROM
(
    SELECT {{region}} AS region_id, {{genre}} AS genre_id, pair.track AS track, text.artist AS artist, text.title AS title
    FROM {{pairs}} AS pair
    INNER JOIN charts.build_contributors AS located ON pair.contributor = located.contributor
    INNER JOIN
    (
        SELECT contributor, track, artist, title
        FROM charts.build_pairs
        WHERE track IN {tracks:Array(UInt64)}
    ) AS text ON pair.contributor = text.contributor AND pair.track = text.track
    {{scenes}}
    WHERE pair.track IN {tracks:Array(UInt64)} AND pair.plays > 0
) AS spelled
WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_plan WHERE publishes = 1)
GROUP BY region_id, genre_id, track, artist, title
