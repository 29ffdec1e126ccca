-- For each track of a chart what it did on the published charts of the same region, genre and kind up to this one.
-- Which revisions these are comes in with the query, so that head, entries and history are of one moment.
SELECT
    track,
    min(rank) AS peak_rank,
    uniqExact(period) AS periods,
    minIf(rank, period = {previous:String}) AS previous_rank -- 0 where it was not on the previous chart
FROM charts.entries FINAL
WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String}
  AND (period, revision) IN (SELECT arrayJoin(arrayZip({periods:Array(String)}, {revisions:Array(UInt32)})))
  AND track IN (SELECT toUInt64(arrayJoin({tracks:Array(String)})))
GROUP BY track
