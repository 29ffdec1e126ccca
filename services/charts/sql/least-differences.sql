-- For each doubtful chart the fewest accounts by which what it would show now differs from an earlier revision, of the
-- revisions from which it differs at all. Were nobody behind a revision, all who are members now would differ; from there
-- on each span of an account changes the count where it begins and, the other way, where it ends: by one less where the
-- account gives the same now, by one more where it gives nothing now.
SELECT region_id, genre_id, minIf(differing, differing > 0) AS least
FROM
(
    SELECT
        region_id,
        genre_id,
        build,
        djs + sum(delta) OVER (PARTITION BY region_id, genre_id ORDER BY build) AS differing
    FROM
    (
        SELECT region_id, genre_id, event.1 AS build, sum(event.2) AS delta
        FROM
        (
            SELECT
                region_id,
                genre_id,
                contributor,
                sumIf(given, until_build = 0) AS given_now,
                max(until_build = 0) AS is_member,
                groupArrayIf((given, from_build, until_build), until_build > 0) AS spans,
                arrayMap(span -> multiIf(NOT is_member, 1, span.1 = given_now, -1, 0), spans) AS weights,
                arrayConcat(
                    arrayMap((span, weight) -> (span.2, weight), spans, weights),
                    arrayMap((span, weight) -> (span.3, -weight), spans, weights)
                ) AS events
            FROM
            (
                SELECT region_id, genre_id, contributor, given, toUInt64(0) AS from_build, toUInt64(0) AS until_build
                FROM charts.build_members
                WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_doubtful)
                UNION ALL
                -- What holds now ends with this build.
                SELECT region_id, genre_id, contributor, given, version, {build:UInt64}
                FROM charts.bases FINAL
                WHERE kind = {kind:String}
                  AND period = {period:String}
                  AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_doubtful)
                UNION ALL
                SELECT region_id, genre_id, contributor, given, from_build, until_build
                FROM charts.earlier_bases FINAL
                WHERE kind = {kind:String}
                  AND period = {period:String}
                  AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_doubtful)
            )
            GROUP BY region_id, genre_id, contributor
        )
        ARRAY JOIN events AS event
        GROUP BY region_id, genre_id, build
    ) AS change
    INNER JOIN
    (
        SELECT region_id, genre_id, toInt64(count()) AS djs
        FROM charts.build_members
        WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_doubtful)
        GROUP BY region_id, genre_id
    ) AS chart USING (region_id, genre_id)
)
WHERE build < {build:UInt64}
GROUP BY region_id, genre_id
