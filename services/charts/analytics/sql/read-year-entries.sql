-- All that anybody sees of these tracks in the year.
SELECT toString(track) AS track, toString(region) AS region, toString(genre) AS genre, toString(period) AS period, djs, source
FROM
(
    SELECT track, region, genre, period, djs, 'chart' AS source
    FROM charts.entries FINAL
    WHERE period IN {periods:Array(String)} AND track IN {tracks:Array(UInt64)}
      AND (region, genre, kind, period, revision) IN
      (
          SELECT region, genre, kind, period, revision
          FROM charts.published FINAL
          WHERE period IN {periods:Array(String)} AND withheld = 0
      )
    UNION ALL
    SELECT track, region, genre, period, djs, 'analysts-chart'
    FROM charts.analytics_charts
    WHERE track IN {tracks:Array(UInt64)}
      AND (period, revision) IN
      (
          SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'charts' AND period IN {periods:Array(String)}
      )
    UNION ALL
    SELECT track, region, 'all', week, djs, 'track-week'
    FROM charts.analytics_track_weeks
    WHERE track IN {tracks:Array(UInt64)}
      AND (week, revision) IN
      (
          SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = 'week' AND period IN {periods:Array(String)}
      )
)
ORDER BY ALL
