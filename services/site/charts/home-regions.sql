-- What the home page shows beside the world chart: regions with a chart of all genres, and genres with a world chart, each
-- with the DJs of its newest week; weeks only, for the links lead to the newest week.
SELECT region, genre, argMax(djs, period) AS djs
FROM charts.published FINAL
WHERE kind = 'week' AND withheld = 0 AND (genre = 'all' OR region = 'world')
GROUP BY region, genre
ORDER BY djs DESC, region, genre
LIMIT {rows:UInt32}
