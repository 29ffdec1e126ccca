-- What the home page links to: regions with a chart of all genres, and genres with a world chart; weeks only, for the
-- links lead to the newest week.
SELECT DISTINCT region, genre
FROM charts.published FINAL
WHERE kind = 'week' AND withheld = 0 AND (genre = 'all' OR region = 'world')
ORDER BY region, genre
LIMIT {rows:UInt32}
