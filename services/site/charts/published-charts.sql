-- Every published chart of one region, genre and kind of period: its revision, and what stands at its head. The key
-- begins with these three, so this reads one range. `withheld` is asked of the newest row, never before FINAL.
SELECT period, revision, toUnixTimestamp64Milli(built_at) AS built_at_ms, djs, plays
FROM charts.published FINAL
WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String} AND withheld = 0
ORDER BY period
