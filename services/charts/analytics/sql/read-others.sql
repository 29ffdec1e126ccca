-- By finest region: the accounts behind charts, and those of them that give charts something else than what the cells in hand
-- of {next_item:UInt64} hold of them, in whichever region.
SELECT finest, count() AS accounts, countIf(given.plays != told.plays) AS others
FROM
(
    SELECT contributor, plays
    FROM charts.build_members
    WHERE genre_id = cityHash64('all') AND region_id = reinterpretAsUInt64('world')
) AS given
INNER JOIN charts.build_contributors AS located ON given.contributor = located.contributor
LEFT JOIN
(
    SELECT one.contributor AS contributor, sum(one.plays) AS plays
    FROM charts.build_analytics_items AS one
    INNER JOIN charts.build_contributors AS counted ON one.contributor = counted.contributor
    WHERE next_item = {next_item:UInt64} AND {{counts}}
      AND item IN (SELECT item FROM charts.build_analytics_cells WHERE next_item = {next_item:UInt64})
    GROUP BY one.contributor
) AS told ON given.contributor = told.contributor
GROUP BY finest
ORDER BY finest
