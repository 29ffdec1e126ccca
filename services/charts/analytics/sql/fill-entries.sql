-- Who stands behind these entries now, for one level of regions and kind of genre: of the analysts' population, and beside it.
INSERT INTO charts.build_analytics_entries
    (region_id, genre_id, track, djs, plays, objectors, objector_plays)
SELECT region_id, genre_id, track, countIf(statistics), sumIf(plays, statistics), countIf(NOT statistics), sumIf(plays, NOT statistics)
FROM
(
    SELECT {{region}} AS region_id, {{genre}} AS genre_id, pair.track AS track, pair.plays AS plays, located.statistics AS statistics
    FROM {{pairs}} AS pair
    INNER JOIN charts.build_contributors AS located ON pair.contributor = located.contributor
    {{scenes}}
    WHERE pair.plays > 0 AND pair.track IN (SELECT track FROM charts.build_analytics_charted)
)
WHERE (region_id, genre_id, track) IN (SELECT region_id, genre_id, track FROM charts.build_analytics_charted)
GROUP BY region_id, genre_id, track
