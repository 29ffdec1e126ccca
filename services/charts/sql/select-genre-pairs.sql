-- The same pairs for each genre of the plays' tags; the genres above a genre are among them already.
SELECT
    cityHash64(genre) AS genre_id,
    contributor,
    track,
    least(count(), {plays_per_dj:UInt16}) AS plays,
    cityHash64(track, plays, min(artist), min(title), minIf(label, label != '')) AS given
FROM
(
    SELECT
        contributor,
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
)
ARRAY JOIN play_genres AS genre
WHERE track {{which}} (SELECT track FROM charts.build_merges)
  AND at >= toDateTime({start:UInt32}, 'UTC') AND at < toDateTime({end:UInt32}, 'UTC')
GROUP BY genre, contributor, track
