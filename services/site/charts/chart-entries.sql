-- The entries of one revision of a chart.
SELECT rank, track, artist, title, label, djs, plays
FROM charts.entries FINAL
WHERE region = {region:String} AND genre = {genre:String} AND kind = {kind:String}
  AND period = {period:String} AND revision = {revision:UInt32}
ORDER BY rank
