-- The shown charts that an account, or its stand-in, is behind (they wait to be made without it), or was when it was erased and
-- no longer is (they are), also by a build that had begun before and met the rows gone half way. An account is told by its
-- seed. What is hidden or withheld is shown to nobody, and names no region to whoever has a receipt.
SELECT toString(seed) AS seed, concat(region, '/', genre, '/', period) AS name, is_behind AS waits
FROM
(
    SELECT
        kind,
        period,
        region_id,
        genre_id,
        if(contributor IN {contributors:Array(UInt64)},
            transform(contributor, {contributors:Array(UInt64)}, {seeds:Array(UInt64)}, toUInt64(0)),
            arrayFirst(one -> contributor = cityHash64(one, kind, period, genre_id), {seeds:Array(UInt64)})) AS seed,
        argMax(is_deleted, version) = 0 AS is_behind,
        max(version) AS newest
    FROM charts.bases
    WHERE seed != 0
    GROUP BY kind, period, region_id, genre_id, seed
    HAVING is_behind OR newest >= (SELECT max(version) FROM charts.published WHERE version <= {newest_accepted_at_ms:UInt64})
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
ORDER BY seed, name
