LEFT JOIN
(
    -- The spelling of artist and title that most accounts of the population share, and how many do.
    SELECT
        track AS item,
        sumMap([artist], [1]) AS artists,
        sumMap([title], [1]) AS titles,
        arraySort(spelling -> (-spelling.2, spelling.1), arrayZip(artists.1, artists.2))[1] AS best_artist,
        arraySort(spelling -> (-spelling.2, spelling.1), arrayZip(titles.1, titles.2))[1] AS best_title
    FROM charts.build_pairs
    WHERE track >= {from_item:UInt64} AND track <= {to_item:UInt64} AND plays > 0
      AND contributor IN (SELECT contributor FROM charts.build_contributors WHERE statistics)
      AND track IN
      (
          SELECT item
          FROM charts.build_analytics_items
          WHERE item >= {from_item:UInt64} AND item <= {to_item:UInt64}
          GROUP BY item
          HAVING count() >= {minimum_djs:UInt32}
      )
    GROUP BY track
) AS spelled USING (item)
