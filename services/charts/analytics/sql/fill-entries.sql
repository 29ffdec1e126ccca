-- Who stands behind these entries now, for one kind of genre: of the analysts' population, and beside it.
INSERT INTO charts.build_analytics_entries
    (region_id, genre_id, track, djs, plays, objectors, objector_plays)
SELECT region_id, genre_id, track, countIf(statistics), sumIf(plays, statistics), countIf(NOT statistics), sumIf(plays, NOT statistics)
FROM
(
    SELECT
        located.region_id AS region_id,
        {{genre}} AS genre_id,
        pair.track AS track,
        pair.plays AS plays,
        located.statistics AS statistics
    FROM (SELECT * FROM {{pairs}} WHERE plays > 0 AND track IN (SELECT track FROM charts.build_analytics_charted)) AS pair
    INNER JOIN
    (
        SELECT contributor, scenes, statistics, region_id
        FROM charts.build_contributors
        ARRAY JOIN [world, continent, country, subdivision] AS region_id
        WHERE region_id != 0
    ) AS located ON pair.contributor = located.contributor
    {{scenes}}
)
WHERE (region_id, genre_id, track) IN (SELECT region_id, genre_id, track FROM charts.build_analytics_charted)
GROUP BY region_id, genre_id, track
