-- The rows of the period's charts. An entry whose published accounts are others by a few than those of the row is withheld
-- where the numbers tell that they are: taken from each other, they would tell what these few gave. Behind an entry of a
-- chart that waits, as many may be others as changed anything.
INSERT INTO charts.analytics_charts
    (period, revision, region, genre, rank, previous_rank, peak_rank, periods_on_chart, track, artist, title, label, djs, plays)
SELECT
    {period:String},
    {revision:UInt32},
    charted.region,
    charted.genre,
    charted.rank,
    nullIf(history.previous_rank, 0),
    history.peak_rank,
    history.periods,
    charted.track,
    charted.artist,
    charted.title,
    charted.label,
    entry.djs,
    entry.plays
FROM charts.build_analytics_charted AS charted
INNER JOIN charts.build_analytics_entries AS entry
    ON charted.region_id = entry.region_id AND charted.genre_id = entry.genre_id AND charted.track = entry.track
LEFT JOIN
(
    SELECT region_id, genre_id, count() AS accounts
    FROM charts.build_changed
    WHERE (region_id, genre_id) NOT IN (SELECT region_id, genre_id FROM charts.build_plan)
    GROUP BY region_id, genre_id
) AS waiting ON charted.region_id = waiting.region_id AND charted.genre_id = waiting.genre_id
INNER JOIN ({{history}}) AS history
    ON charted.region = history.region AND charted.genre = history.genre AND charted.track = history.track
WHERE entry.djs >= {minimum_djs:UInt32}
  AND ((entry.djs = charted.djs AND entry.plays = charted.plays)
      OR entry.objectors >= {minimum_djs:UInt32} + waiting.accounts)
