-- By track and finest region the accounts with plays of it that are in none of these transitions: {{side}} is the track's side.
SELECT track, finest, countIf(given.plays != told.plays) AS accounts
FROM
(
    SELECT pair.contributor AS contributor, pair.track AS track, pair.plays AS plays, located.finest AS finest
    FROM charts.build_pairs AS pair
    INNER JOIN charts.build_contributors AS located ON pair.contributor = located.contributor
    WHERE pair.plays > 0 AND located.statistics AND pair.track IN (SELECT {{side}} FROM charts.build_analytics_cells)
) AS given
LEFT JOIN
(
    SELECT contributor, {{side}} AS track, sum(plays) AS plays
    FROM charts.build_analytics_items
    WHERE item IN (SELECT item FROM charts.build_analytics_cells)
      AND next_item IN (SELECT next_item FROM charts.build_analytics_cells)
    GROUP BY contributor, track
) AS told ON given.contributor = told.contributor AND given.track = told.track
GROUP BY track, finest
HAVING accounts > 0
ORDER BY track, finest
