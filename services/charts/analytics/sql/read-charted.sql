-- In which regions the chart of all genres shows which track, and with what numbers.
SELECT track AS name, region, djs, toUInt64(plays) AS plays
FROM charts.build_analytics_charted
WHERE genre_id = cityHash64('all')
