-- Plays of merged tracks: a session gives a group of merged tracks once, at the earliest of its plays. A play is a repeat
-- too when its session had another track of the group in the week before. Of its spellings, one of the track that the group
-- is counted as goes first.
INSERT INTO charts.build_merged_plays
SELECT
    contributor,
    canonical,
    argMin(artist, (played.track != canonical, at, played.track)),
    argMin(title, (played.track != canonical, at, played.track)),
    argMin(label, (played.track != canonical, at, played.track)),
    argMin(play_genres, (at, played.track))
FROM
(
    SELECT
        contributor,
        session,
        week,
        play.1 AS track,
        play.2 AS at,
        play.3 AS artist,
        play.4 AS title,
        toString(play.5) AS label,
        play.6 AS play_genres
    FROM charts.contributions FINAL
    ARRAY JOIN arrayZip(plays.track, plays.at, plays.artist, plays.title, plays.label, genres) AS play
    WHERE week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
      AND contributor IN (SELECT contributor FROM charts.build_contributors)
) AS played
INNER JOIN charts.build_merges AS merged ON played.track = merged.track
WHERE (contributor, session, week, canonical) NOT IN
(
    SELECT contributor, session, week, canonical
    FROM
    (
        SELECT contributor, session, week, earlier
        FROM charts.contributions FINAL
        ARRAY JOIN earlier_tracks AS earlier
        WHERE week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
    ) AS before
    INNER JOIN charts.build_merges AS merged_before ON before.earlier = merged_before.track
)
GROUP BY contributor, session, canonical
HAVING min(at) >= toDateTime({start:UInt32}, 'UTC') AND min(at) < toDateTime({end:UInt32}, 'UTC')
