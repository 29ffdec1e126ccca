-- How far a label reaches: in which countries its tracks were played, by how many DJs at most in a week, and since when.
-- Put the label of your interest in place of the one with the most DJs.
WITH (
    SELECT value FROM analytics.tag_weeks WHERE tag = 'label' AND region = 'world' GROUP BY value
    ORDER BY sum(djs) DESC, value LIMIT 1
) AS label
SELECT
    region,
    max(djs) AS djs_in_best_week,
    argMax(week, djs) AS best_week,
    sum(plays) AS plays,
    min(week) AS first_week,
    uniqExact(week) AS weeks
FROM analytics.tag_weeks
WHERE tag = 'label' AND value = label AND length(region) = 2
GROUP BY region
ORDER BY djs_in_best_week DESC, region
