-- Who gives something to these tracks in the weeks of the year: distinct accounts by finest region, week, month and the
-- genres and scenes of charts with the track that it counts in, apart by whether analysts see them.
SELECT
    toString(counted_as) AS track,
    finest,
    week_name AS week,
    month,
    arraySort(arrayIntersect(arrayConcat(play_genres, located.own_scenes), charted.charted_genres)) AS genres,
    statistics,
    uniqExact(player) AS djs
FROM
(
    SELECT
        contributor AS player,
        week_name,
        play.2 AS month,
        play.3 AS play_genres,
        if(merged.canonical = 0, play.1, merged.canonical) AS counted_as
    FROM
    (
        SELECT
            contributor,
            concat(toString(intDiv(week, 100)), '-W', leftPad(toString(week % 100), 2, '0')) AS week_name,
            arrayJoin(arrayDistinct(arrayZip(
                plays.track,
                arrayMap(one -> formatDateTime(one, '%Y-%m', 'UTC'), plays.at),
                arrayMap(one -> arrayMap(genre -> toString(genre), one), genres)
            ))) AS play
        FROM charts.contributions FINAL
        WHERE week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
    ) AS played
    LEFT JOIN charts.build_merges AS merged ON played.play.1 = merged.track
) AS given
INNER JOIN
(
    SELECT track AS charted_track, groupUniqArray(toString(genre)) AS charted_genres
    FROM charts.entries
    WHERE period IN {periods:Array(String)} AND track IN {tracks:Array(UInt64)}
    GROUP BY track
) AS charted ON given.counted_as = charted.charted_track
INNER JOIN
(
    SELECT contributor, finest, statistics, arrayMap(scene -> toString(scene), scenes) AS own_scenes
    FROM charts.build_contributors
) AS located ON given.player = located.contributor
GROUP BY track, finest, week_name, month, genres, statistics
ORDER BY ALL
