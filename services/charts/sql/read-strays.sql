-- Accounts that stand behind a waiting chart otherwise than they would now: by genre how many of them have the same parts
-- in the same regions, as shown (0) and now (1). Parts are numbered within the account, for only whether two are the same
-- matters; so there are about as many rows as regions, however many accounts there are.
SELECT genre_id, parts, count() AS accounts
FROM
(
    SELECT
        genre_id,
        contributor,
        arraySort(groupArray((is_now, region_id, given))) AS sorted,
        arrayDistinct(arrayMap(part -> part.3, sorted)) AS different,
        arrayMap(part -> (part.1, toString(part.2), indexOf(different, part.3)), sorted) AS parts
    FROM
    (
        SELECT genre_id, contributor, 0 AS is_now, region_id, given
        FROM charts.bases FINAL
        WHERE kind = {kind:String}
          AND period = {period:String}
          AND (genre_id, contributor) IN (SELECT genre_id, contributor FROM charts.build_changed
              WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_waiting))
        UNION ALL
        SELECT genre_id, contributor, 1 AS is_now, region_id, given
        FROM charts.build_members
        WHERE (genre_id, contributor) IN (SELECT genre_id, contributor FROM charts.build_changed
            WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_waiting))
    )
    GROUP BY genre_id, contributor
)
GROUP BY genre_id, parts
