-- Plays of merged tracks: a session gives a group once, at the earliest of its plays, as in the charts (`fill-merged-plays.sql`
-- there), and what is told of it is what that play tells.
INSERT INTO charts.build_analytics_plays
    (contributor, session, track, played_track, before, seconds, bpm_hundredths, key, year, bit_rate, label, clean_label,
     remixer, clean_remixer, deck, software, os, genres)
SELECT
    contributor,
    session,
    canonical,
    counted.1,
    counted.2,
    counted.3,
    counted.4,
    counted.5,
    counted.6,
    counted.7,
    counted.8,
    counted.9,
    counted.10,
    counted.11,
    counted.12,
    counted.14,
    counted.15,
    counted.13
FROM
(
    SELECT
        contributor,
        session,
        canonical,
        argMin((played.track, played.before, played.seconds, played.bpm_hundredths, played.key, played.year, played.bit_rate,
            played.label, played.clean_label, played.remixer, played.clean_remixer, played.deck, played.play_genres,
            played.software, played.os), (at, played.track)) AS counted
    FROM
    (
        SELECT
            contributor,
            session,
            week,
            play.1 AS track,
            play.2 AS before,
            play.3 AS seconds,
            play.4 AS bpm_hundredths,
            toString(play.5) AS key,
            play.6 AS year,
            play.7 AS bit_rate,
            toString(play.8) AS label,
            toString(play.9) AS clean_label,
            toString(play.10) AS remixer,
            toString(play.11) AS clean_remixer,
            toString(play.12) AS deck,
            play.13 AS play_genres,
            play.14 AS at,
            toString(software) AS software,
            toString(os) AS os
        FROM charts.contributions FINAL
        ARRAY JOIN arrayZip(plays.track, plays.before, plays.seconds, plays.bpm_hundredths, plays.key, plays.year,
            plays.bit_rate, plays.label, plays.clean_label, plays.remixer, plays.clean_remixer, plays.deck, genres, plays.at)
            AS play
        WHERE week = {week:UInt32} AND contributor IN (SELECT contributor FROM charts.build_contributors)
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
            WHERE week = {week:UInt32}
        ) AS before
        INNER JOIN charts.build_merges AS merged_before ON before.earlier = merged_before.track
    )
    GROUP BY contributor, session, canonical
)
