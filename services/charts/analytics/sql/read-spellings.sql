-- Every spelling of some tracks, by how many accounts of the population have it.
SELECT track, artist, title, count() AS djs
FROM charts.build_pairs
WHERE track IN {tracks:Array(UInt64)} AND plays > 0
  AND contributor IN (SELECT contributor FROM charts.build_contributors WHERE statistics)
GROUP BY track, artist, title
