-- The entries that readers see in the charts of the period.
INSERT INTO charts.build_analytics_charted
    (region_id, genre_id, track, region, genre, rank, artist, title, label, djs, plays)
SELECT
    reinterpretAsUInt64(toString(region)) AS region_id,
    cityHash64(toString(genre)) AS genre_id,
    track,
    region,
    genre,
    rank,
    artist,
    title,
    label,
    djs,
    plays
FROM charts.entries FINAL
WHERE kind = {kind:String} AND period = {period:String} AND (region, genre, kind, period, revision) IN
(
    SELECT region, genre, kind, period, revision
    FROM charts.published FINAL
    WHERE kind = {kind:String} AND period = {period:String} AND withheld = 0
)
