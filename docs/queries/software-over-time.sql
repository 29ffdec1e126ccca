-- What DJs play with, week by week: the share of each software in the plays that tell of one.
SELECT
    week,
    value AS software,
    djs,
    round(100 * plays / sum(plays) OVER (PARTITION BY week), 1) AS share_percent
FROM analytics.tag_weeks
WHERE region = 'world' AND tag = 'software'
ORDER BY week, share_percent DESC, software
