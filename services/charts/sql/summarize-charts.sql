-- For each chart, now or shown before: its accounts and plays, how many accounts changed what they give since the shown
-- revision, since when the oldest take-back waits (0 where none does), and which build wrote last who stands behind it.
SELECT
    region_id,
    genre_id,
    any(name.genre) AS genre,
    sum(member_djs) AS djs,
    sum(member_plays) AS plays,
    sum(changed_djs) AS changed,
    max(waits_since_ms) AS taken_back_at_ms,
    max(base_version) AS base_build
FROM
(
    SELECT region_id, genre_id, count() AS member_djs, sum(plays) AS member_plays, 0 AS changed_djs, 0 AS waits_since_ms,
        0 AS base_version
    FROM charts.build_members
    GROUP BY region_id, genre_id
    UNION ALL
    SELECT region_id, genre_id, 0, 0, count(), ifNull(min(toUnixTimestamp64Milli(taken_back_at)), 0), 0
    FROM charts.build_changed
    GROUP BY region_id, genre_id
    UNION ALL
    -- Without FINAL: what a build wrote last may be that somebody left.
    SELECT region_id, genre_id, 0, 0, 0, 0, max(version)
    FROM charts.bases
    WHERE kind = {kind:String} AND period = {period:String}
    GROUP BY region_id, genre_id
) AS chart
LEFT JOIN charts.build_genres AS name USING (genre_id)
GROUP BY region_id, genre_id
-- Of a chart that is too small and never had a revision there is nothing to decide, and there may be very many.
HAVING djs >= {minimum_djs:UInt32} OR base_build > 0
ORDER BY region_id, genre_id
