-- The shown charts that the account, or its stand-in, is behind (they wait to be made without it), or was when it was erased
-- and no longer is (they are), also by a build that had begun before and met the rows gone half way. What is hidden or withheld is shown to nobody, and names no region to whoever has a receipt.
SELECT concat(region, '/', genre, '/', period) AS name, is_behind AS waits
FROM
(
    SELECT kind, period, region_id, genre_id, argMax(is_deleted, version) = 0 AS is_behind, max(version) AS newest
    FROM charts.bases
    WHERE contributor = {contributor:UInt64}
       OR contributor = cityHash64({seed:UInt64}, kind, period, genre_id)
    GROUP BY kind, period, region_id, genre_id
    HAVING is_behind OR newest >= (SELECT max(version) FROM charts.published WHERE version <= {accepted_at_ms:UInt64})
) AS base
INNER JOIN
(
    SELECT
        kind,
        toString(period) AS period,
        toString(region) AS region,
        toString(genre) AS genre,
        reinterpretAsUInt64(toString(region)) AS region_id,
        cityHash64(toString(genre)) AS genre_id
    FROM charts.published FINAL
    WHERE withheld = 0
) AS shown USING (kind, period, region_id, genre_id)
ORDER BY name
