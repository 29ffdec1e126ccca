-- In which regions there is a chart of which genre, and the numbers at its head.
SELECT toString(genre) AS name, region, djs, plays
FROM charts.published FINAL
WHERE kind = {kind:String} AND period = {period:String} AND withheld = 0 AND genre != 'all' AND NOT startsWith(genre, 'scene-')
