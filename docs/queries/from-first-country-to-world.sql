-- How long a track needs from its first country to the world: weeks between its first place in a country's chart and its first
-- in the world's.
WITH toMonday(toDate(concat(substring(period, 1, 4), '-01-04'))) + 7 * (toUInt8(substring(period, 7)) - 1) AS monday
SELECT
    artist,
    title,
    argMinIf(region, (monday, rank), length(region) = 2) AS first_country,
    minIf(monday, length(region) = 2) AS in_first_country,
    minIf(monday, region = 'world') AS in_the_world,
    dateDiff('week', in_first_country, in_the_world) AS weeks
FROM analytics.charts
WHERE genre = 'all' AND period LIKE '%-W%' AND (length(region) = 2 OR region = 'world')
GROUP BY track_id, artist, title
HAVING countIf(length(region) = 2) > 0 AND countIf(region = 'world') > 0
ORDER BY weeks DESC, in_the_world, title
LIMIT 50
