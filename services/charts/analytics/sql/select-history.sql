-- What the tracks of the charts of a period did on published charts up to it.
SELECT
    region,
    genre,
    track,
    min(rank) AS peak_rank,
    toUInt32(uniqExact(period)) AS periods,
    minIf(rank, period = {previous:String}) AS previous_rank -- 0 where it was not on the previous chart
FROM charts.entries FINAL
WHERE kind = {kind:String} AND period <= {period:String}
  AND (region, genre, kind, period, revision) IN
  (
      SELECT region, genre, kind, period, revision
      FROM charts.published FINAL
      WHERE kind = {kind:String} AND period <= {period:String} AND withheld = 0
  )
  AND (region, genre, track) IN ({{tracks}})
GROUP BY region, genre, track
