-- The newest charts of one region, genre and kind of period, with their first entries, the newest chart first. One
-- statement, so that heads and entries are of one moment.
SELECT
    period, revision, toUnixTimestamp64Milli(published.built_at) AS built_at_ms, published.djs AS chart_djs,
    rank, track, artist, title, entries.djs AS djs
FROM
(
    SELECT period, revision, built_at, djs
    FROM charts.published FINAL
    WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String} AND withheld = 0
    ORDER BY period DESC
    LIMIT {charts:UInt32}
) AS published
INNER JOIN
(
    SELECT period, revision, rank, track, artist, title, djs
    FROM charts.entries FINAL
    WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String} AND rank <= {places:UInt8}
) AS entries USING (period, revision)
ORDER BY period DESC, rank
