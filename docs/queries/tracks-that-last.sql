-- Tracks that last: the most weeks in the world's chart, with the best rank and how the rank went.
SELECT
    any(artist) AS artist,
    any(title) AS title,
    count() AS weeks,
    min(rank) AS best_rank,
    arrayMap(week -> week.2, arraySort(groupArray((period, rank)))) AS ranks
FROM analytics.charts
WHERE region = 'world' AND genre = 'all' AND period LIKE '%-W%'
GROUP BY track_id
ORDER BY weeks DESC, best_rank, title
LIMIT 20
