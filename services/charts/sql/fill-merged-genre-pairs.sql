-- The same by genre: a group of merged tracks counts in the genres of the play that counts.
INSERT INTO charts.build_genre_pairs
SELECT genre_id, contributor, track, sum(group_plays), sum(track_given)
FROM
(
    SELECT
        cityHash64(genre) AS genre_id,
        contributor,
        track,
        least(count(), {plays_per_dj:UInt16}) AS group_plays,
        0 AS track_given
    FROM charts.build_merged_plays
    ARRAY JOIN genres AS genre
    GROUP BY genre, contributor, track
    UNION ALL
    SELECT genre_id, contributor, merged.canonical, 0, given
    FROM ({{pairs}}) AS pair
    INNER JOIN charts.build_merges AS merged ON pair.track = merged.track
)
GROUP BY genre_id, contributor, track
