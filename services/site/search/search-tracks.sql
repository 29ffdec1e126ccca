-- Every track that stands on a chart readers see, with its texts as the chart of most DJs shows them. Which revision is
-- shown decides `published`, asked after FINAL; what no shown chart has is not found.
SELECT
    track,
    argMax(artist, djs) AS artist,
    argMax(title, djs) AS title,
    argMax(label, djs) AS label,
    max(entries.djs) AS most_djs
FROM charts.entries AS entries FINAL
WHERE (region, genre, kind, period, revision) IN (
        SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE withheld = 0)
GROUP BY track
ORDER BY most_djs DESC, track
LIMIT {rows:UInt32}
