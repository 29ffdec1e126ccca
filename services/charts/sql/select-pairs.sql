-- Distinct pairs of contributor and track in a period. A session gives a track once; a DJ gives at most
-- {plays_per_dj:UInt16} plays. `week` and `contributor` are in the key of the table, so filtering on them below FINAL
-- is safe; the times are asked only behind it. `given` is a hash of the track as it is, before any merge: merging is no
-- change of what an account gives.
SELECT
    contributor,
    track,
    least(count(), {plays_per_dj:UInt16}) AS plays,
    cityHash64(track, plays, artist_spelled, title_spelled, label_spelled) AS given,
    min(artist) AS artist_spelled,
    min(title) AS title_spelled,
    minIf(label, label != '') AS label_spelled
FROM
(
    SELECT
        contributor,
        play.1 AS track,
        play.2 AS at,
        play.3 AS artist,
        play.4 AS title,
        toString(play.5) AS label
    FROM charts.contributions FINAL
    ARRAY JOIN arrayZip(plays.track, plays.at, plays.artist, plays.title, plays.label) AS play
    WHERE week BETWEEN {first_week:UInt32} AND {last_week:UInt32}
      AND contributor IN (SELECT contributor FROM charts.build_contributors)
)
WHERE track {{which}} (SELECT track FROM charts.build_merges)
  AND at >= toDateTime({start:UInt32}, 'UTC') AND at < toDateTime({end:UInt32}, 'UTC')
GROUP BY contributor, track
