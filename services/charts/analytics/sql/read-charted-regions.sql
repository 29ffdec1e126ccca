-- The regions whose chart of all genres is shown.
SELECT toString(region) AS region
FROM charts.published FINAL
WHERE kind = {kind:String} AND period = {period:String} AND withheld = 0 AND genre = 'all'
ORDER BY region
