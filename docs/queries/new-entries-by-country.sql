-- New entries of the newest week, by country: what nobody there had on the chart before.
SELECT region, rank, artist, title, label, djs
FROM analytics.charts
WHERE genre = 'all' AND length(region) = 2 AND periods_on_chart = 1
    AND period = (SELECT max(period) FROM analytics.charts WHERE period LIKE '%-W%')
ORDER BY region, rank
