-- Accounts whose changes wait in a shown chart: by genre how many of them are, or were, in the same regions.
SELECT any(name.genre) AS genre, regions, count() AS accounts
FROM
(
    SELECT genre_id, contributor, arraySort(groupArray(region_id)) AS regions
    FROM charts.build_changed
    WHERE (genre_id, contributor) IN
    (
        SELECT genre_id, contributor
        FROM charts.build_changed
        WHERE (region_id, genre_id) NOT IN (SELECT region_id, genre_id FROM charts.build_plan)
          AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_analytics_charted)
    )
    GROUP BY genre_id, contributor
) AS changed
INNER JOIN charts.build_genres AS name USING (genre_id)
GROUP BY genre_id, regions
ORDER BY genre_id, regions
