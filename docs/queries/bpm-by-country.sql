-- The tempo of each country over the newest four weeks: the median over plays, and where most plays lie.
WITH (SELECT arraySlice(arrayReverseSort(groupUniqArray(week)), 1, 4) FROM analytics.tag_weeks) AS weeks
SELECT
    region,
    quantileExactWeighted(0.5)(toUInt16(value), plays) AS bpm_median,
    quantileExactWeighted(0.1)(toUInt16(value), plays) AS bpm_low,
    quantileExactWeighted(0.9)(toUInt16(value), plays) AS bpm_high,
    sum(plays) AS plays_with_bpm
FROM analytics.tag_weeks
WHERE week IN weeks AND tag = 'bpm' AND length(region) = 2
GROUP BY region
ORDER BY bpm_median DESC, region
