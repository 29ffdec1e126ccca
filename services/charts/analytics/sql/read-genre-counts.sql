-- Distinct accounts by finest region and the genres of their plays, apart by whether analysts see them.
SELECT finest, arraySort(arrayDistinct(arrayMap(genre -> toString(genre), genres))) AS play_genres, statistics,
    uniqExact(played.contributor) AS djs
FROM charts.build_analytics_plays AS played
INNER JOIN charts.build_contributors AS located ON played.contributor = located.contributor
GROUP BY finest, play_genres, statistics
ORDER BY ALL
