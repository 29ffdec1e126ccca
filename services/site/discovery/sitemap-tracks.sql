-- The tracks on charts that readers see, a part of them, with when the newest of their charts was built.
SELECT track, toUnixTimestamp64Milli(max(published.built_at)) AS built_at_ms
FROM (SELECT region, genre, kind, period, revision, track FROM charts.entries FINAL) AS entries
INNER JOIN
(
    SELECT region, genre, kind, period, revision, built_at FROM charts.published FINAL WHERE withheld = 0
) AS published USING (region, genre, kind, period, revision)
GROUP BY track
ORDER BY track
LIMIT {rows:UInt32} OFFSET {skipped:UInt32}
