-- The pairs of merged tracks: their plays as one track, and what each track gave by itself. Who gives nothing any more,
-- because every play has become a repeat, stays with no plays, so that merging changes nobody's part.
INSERT INTO charts.build_pairs
SELECT contributor, track, sum(group_plays), sum(track_given), max(group_artist), max(group_title), max(group_label)
FROM
(
    SELECT
        contributor,
        track,
        least(count(), {plays_per_dj:UInt16}) AS group_plays,
        0 AS track_given,
        min(artist) AS group_artist,
        min(title) AS group_title,
        minIf(label, label != '') AS group_label
    FROM charts.build_merged_plays
    GROUP BY contributor, track
    UNION ALL
    SELECT contributor, merged.canonical, 0, given, '', '', ''
    FROM ({{pairs}}) AS pair
    INNER JOIN charts.build_merges AS merged ON pair.track = merged.track
)
GROUP BY contributor, track
