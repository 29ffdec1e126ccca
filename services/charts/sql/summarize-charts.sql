-- For each chart, now or shown before: its accounts and plays, how many accounts changed what they give since the shown
-- revision, and since when the oldest take-back waits (0 where none does).
SELECT
    region_id,
    genre_id,
    any(name.genre) AS genre,
    sum(member_djs) AS djs,
    sum(member_plays) AS plays,
    sum(changed_djs) AS changed,
    max(waits_since_ms) AS taken_back_at_ms
FROM
(
    SELECT region_id, genre_id, count() AS member_djs, sum(plays) AS member_plays, 0 AS changed_djs, 0 AS waits_since_ms,
        0 AS has_base
    FROM charts.build_members
    GROUP BY region_id, genre_id
    UNION ALL
    SELECT region_id, genre_id, 0, 0, count(), ifNull(min(toUnixTimestamp64Milli(taken_back_at)), 0), 0
    FROM charts.build_changed
    GROUP BY region_id, genre_id
    UNION ALL
    SELECT DISTINCT region_id, genre_id, 0, 0, 0, 0, 1
    FROM charts.bases
    WHERE kind = {kind:String} AND period = {period:String}
) AS chart
LEFT JOIN charts.build_genres AS name USING (genre_id)
GROUP BY region_id, genre_id
-- Of a chart that is too small and never had a revision there is nothing to decide, and there may be very many.
HAVING djs >= {minimum_djs:UInt32} OR max(has_base) = 1
ORDER BY region_id, genre_id
