-- Who gives what to which chart: a DJ counts in each of their regions, in all genres, in those of their tags, and in the
-- scenes they prefer. `given` is a hash of it that does not depend on the order.
INSERT INTO charts.build_members
SELECT region_id, genre_id, contributor, given, plays
FROM
(
    SELECT cityHash64('all') AS genre_id, contributor, sum(given) AS given, sum(plays) AS plays
    FROM charts.build_pairs GROUP BY contributor HAVING plays > 0
    UNION ALL
    SELECT genre_id, contributor, sum(given), sum(plays) FROM charts.build_genre_pairs GROUP BY genre_id, contributor
    HAVING sum(build_genre_pairs.plays) > 0
    UNION ALL
    SELECT cityHash64(toString(scene)), contributor, sum(given), sum(plays)
    FROM charts.build_pairs
    INNER JOIN (SELECT contributor, scene FROM charts.build_contributors ARRAY JOIN scenes AS scene) AS preferring
        USING (contributor)
    GROUP BY scene, contributor
    HAVING sum(build_pairs.plays) > 0
) AS given_by_genre
INNER JOIN
(
    SELECT contributor, region_id
    FROM charts.build_contributors
    ARRAY JOIN [world, continent, country, subdivision] AS region_id
    WHERE region_id != 0
) AS located USING (contributor)
