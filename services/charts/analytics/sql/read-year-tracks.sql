-- Tracks on a shown chart of the year: what analysts see of others stands beside no chart.
SELECT DISTINCT toString(track) AS track
FROM charts.entries FINAL
WHERE period IN {periods:Array(String)} AND (region, genre, kind, period, revision) IN
(
    SELECT region, genre, kind, period, revision
    FROM charts.published FINAL
    WHERE period IN {periods:Array(String)} AND withheld = 0
)
ORDER BY track
