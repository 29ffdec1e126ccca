-- Rising tracks by region: how many more DJs played a track in the newest week than in the week before, by country.
-- A cell that is missing may be anything from nothing to one DJ less than the minimum, so a track is only compared with
-- itself where both weeks show it.
WITH (SELECT arraySlice(arrayReverseSort(groupUniqArray(week)), 1, 2) FROM analytics.track_weeks) AS weeks
SELECT
    region,
    artist,
    title,
    sumIf(djs, week = weeks[2]) AS djs_before,
    sumIf(djs, week = weeks[1]) AS djs_now,
    round(djs_now / djs_before, 2) AS growth
FROM analytics.track_weeks
WHERE week IN weeks AND length(region) = 2
GROUP BY region, track_id, artist, title
HAVING djs_before > 0 AND djs_now > djs_before
ORDER BY growth DESC, djs_now DESC, region, title
LIMIT 50
