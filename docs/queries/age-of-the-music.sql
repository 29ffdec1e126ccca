-- How old the music is: by country the median year of release over plays, and the share of the two newest years, in the newest
-- four weeks.
WITH (SELECT arraySlice(arrayReverseSort(groupUniqArray(week)), 1, 4) FROM analytics.tag_weeks) AS weeks
SELECT
    region,
    quantileExactWeighted(0.5)(toUInt16(value), plays) AS year_median,
    round(100 * sumIf(plays, toUInt16(value) >= toUInt16(substring(weeks[1], 1, 4)) - 1) / sum(plays), 1) AS new_percent,
    sum(plays) AS plays_with_year
FROM analytics.tag_weeks
WHERE week IN weeks AND tag = 'year' AND length(region) = 2
GROUP BY region
ORDER BY new_percent DESC, region
