-- Of the charts with enough changed members those that may be too much like an earlier revision. A member that gives now
-- what it never gave before differs from every revision, so enough of these decide it without reading who stood behind each.
INSERT INTO charts.build_doubtful (region_id, genre_id)
SELECT region_id, genre_id
FROM
(
    SELECT region_id, genre_id, countIf(is_member) AS changed_members
    FROM charts.build_changed
    WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_compared)
    GROUP BY region_id, genre_id
) AS chart
LEFT JOIN
(
    SELECT
        region_id,
        genre_id,
        uniqExactIf(
            contributor,
            (region_id, genre_id, contributor, given) IN
            (
                SELECT region_id, genre_id, contributor, given
                FROM charts.build_changed
                WHERE is_member AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_compared)
            )
        ) AS returning
    FROM charts.earlier_bases
    WHERE kind = {kind:String}
      AND period = {period:String}
      AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_compared)
    GROUP BY region_id, genre_id
) AS earlier USING (region_id, genre_id)
WHERE changed_members - returning < {minimum_changed_djs:UInt32}
