-- Members that give something else than what the shown revision of their chart was made of. A take-back waits in a chart
-- that its account gave something to: one that waited before, or one among the marks of this build.
INSERT INTO charts.build_changed
    (region_id, genre_id, contributor, is_member, given, taken_back_at, given_before, since_build)
SELECT
    region_id,
    genre_id,
    contributor,
    is_member,
    given_now,
    if(was_member, if(waits_since = 0, if(marked_at = 0, NULL, marked_at), if(marked_at = 0, waits_since, least(waits_since, marked_at))), NULL)
        AS taken_back_at,
    given_then,
    since
FROM
(
    SELECT
        region_id,
        genre_id,
        contributor,
        max(is_now) = 1 AS is_member,
        min(is_now) = 0 AS was_member,
        sumIf(given, is_now = 1) AS given_now,
        sumIf(given, is_now = 0) AS given_then,
        sum(since_build) AS since
    FROM
    (
        SELECT region_id, genre_id, contributor, given, 1 AS is_now, toUInt64(0) AS since_build
        FROM charts.build_members
        UNION ALL
        SELECT region_id, genre_id, contributor, given, 0 AS is_now, version AS since_build
        FROM charts.bases FINAL
        WHERE kind = {kind:String} AND period = {period:String}
    )
    GROUP BY region_id, genre_id, contributor
    HAVING is_member != was_member OR given_now != given_then
) AS member
LEFT JOIN
(
    SELECT region_id, genre_id, contributor, toUnixTimestamp64Milli(taken_back_at) / 1000 AS waits_since
    FROM charts.pending_take_backs FINAL
    WHERE kind = {kind:String} AND period = {period:String}
) AS pending USING (region_id, genre_id, contributor)
LEFT JOIN
(
    SELECT contributor, min(toUnixTimestamp64Milli(changed_at)) / 1000 AS marked_at
    FROM charts.build_marks
    WHERE taken_back = 1 AND week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
    GROUP BY contributor
) AS marked USING (contributor)
