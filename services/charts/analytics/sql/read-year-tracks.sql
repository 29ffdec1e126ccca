-- Tracks on a shown chart of the year: what analysts see of others stands beside no chart. With how many rows there are to read
-- of them, at most, so that those are read together of which there are few.
SELECT toString(charted.track) AS track, charted.entries + given.plays AS rows
FROM
(
    -- What everybody sees, and what analysts see of the same.
    SELECT track, 3 * count() AS entries
    FROM charts.entries FINAL
    WHERE period IN {periods:Array(String)} AND (region, genre, kind, period, revision) IN
    (
        SELECT region, genre, kind, period, revision
        FROM charts.published FINAL
        WHERE period IN {periods:Array(String)} AND withheld = 0
    )
    GROUP BY track
) AS charted
LEFT JOIN
(
    SELECT if(merged.canonical = 0, played.track, merged.canonical) AS counted_as, count() AS plays
    FROM
    (
        SELECT arrayJoin(plays.track) AS track
        FROM charts.contributions FINAL
        WHERE week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
    ) AS played
    LEFT JOIN charts.build_merges AS merged ON played.track = merged.track
    GROUP BY counted_as
) AS given ON charted.track = given.counted_as
ORDER BY track
