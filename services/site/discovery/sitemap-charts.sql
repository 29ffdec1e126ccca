-- The charts that readers see, a part of them, in an order in which a new one moves few others.
SELECT region, genre, period, toUnixTimestamp64Milli(built_at) AS built_at_ms
FROM charts.published FINAL
WHERE withheld = 0
ORDER BY kind DESC, period, region, genre
LIMIT {rows:UInt32} OFFSET {skipped:UInt32}
