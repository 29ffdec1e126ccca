-- All entries of a track on published charts. The inner query finds by the track's index where it may stand, in any
-- revision; the outer one reads those charts, of them what is shown now.
SELECT region, genre, kind, period, rank, artist, title, label, djs, plays
FROM charts.entries FINAL
WHERE (region, genre, kind, period, revision) IN (
        SELECT region, genre, kind, period, revision FROM charts.entries WHERE track = {track:UInt64})
  AND (region, genre, kind, period, revision) IN (
        SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE withheld = 0)
  AND track = {track:UInt64}
ORDER BY region, genre, kind, period
LIMIT {rows:UInt32}
