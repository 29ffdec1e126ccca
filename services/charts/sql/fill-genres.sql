-- The names behind the hashes, of the tags, the scenes and of what was shown before.
INSERT INTO charts.build_genres
SELECT DISTINCT cityHash64(genre), toString(genre)
FROM
(
    SELECT 'all' AS genre
    UNION ALL
    SELECT DISTINCT toString(arrayJoin(arrayJoin(genres))) AS genre
    FROM charts.contributions FINAL
    WHERE week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
    UNION ALL
    SELECT DISTINCT toString(arrayJoin(scenes)) AS genre FROM charts.build_contributors
    UNION ALL
    SELECT DISTINCT toString(genre) FROM charts.published FINAL WHERE kind = {kind:String} AND period = {period:String}
)
