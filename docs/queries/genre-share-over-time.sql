-- The share of some genres in the plays of the world, week by week. Genres lie under one another (a play of deep house is one
-- of house), so shares of a genre and of one beneath it overlap. The whole is what tags of the musical key add up to; it is
-- a little less than all plays.
SELECT
    week,
    value AS genre,
    djs,
    tagged.plays AS plays,
    round(100 * tagged.plays / whole.plays, 1) AS share_percent
FROM analytics.tag_weeks AS tagged
INNER JOIN
(
    SELECT week, sum(plays) AS plays
    FROM analytics.tag_weeks
    WHERE region = 'world' AND tag = 'key'
    GROUP BY week
) AS whole USING (week)
WHERE region = 'world' AND tag = 'genre' AND value IN ('house', 'techno', 'drum-and-bass', 'trance', 'hip-hop')
ORDER BY week, plays DESC, genre
