-- Regions and genres that have published charts, with their periods: a page of them, after the pair of the cursor.
SELECT region, genre, arraySort(groupArray((kind, period))).2 AS periods
FROM charts.published FINAL
WHERE withheld = 0 AND (region, genre) > ({region:String}, {genre:String})
GROUP BY region, genre
ORDER BY region, genre
LIMIT {rows:UInt32}
