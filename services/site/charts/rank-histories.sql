-- The ranks of tracks on the charts of one region, genre and kind, in a few periods: what is shown of them now.
SELECT track, groupArray((period, rank)) AS ranks
FROM charts.entries FINAL
WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String}
  AND (period, revision) IN (
        SELECT period, revision FROM charts.published FINAL
        WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String}
          AND period IN {periods:Array(String)} AND withheld = 0)
  AND track IN (SELECT toUInt64(arrayJoin({tracks:Array(String)})))
GROUP BY track
