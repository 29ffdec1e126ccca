-- How much a sitemap has to name, and when the newest of it was built.
SELECT
    (SELECT count() FROM charts.published FINAL WHERE withheld = 0) AS charts,
    (SELECT uniqExact(track) FROM charts.entries FINAL WHERE (region, genre, kind, period, revision) IN (
        SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE withheld = 0)) AS tracks,
    (SELECT toUnixTimestamp64Milli(max(built_at)) FROM charts.published FINAL WHERE withheld = 0) AS built_at_ms
