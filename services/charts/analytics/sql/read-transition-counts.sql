-- Transitions between tracks of which a cell in hand is from the one and a cell to the other: their accounts by finest region,
-- and the regions of their own cells, if they have any.
SELECT item, next_item, groupArray(finest) AS places, groupArray(accounts) AS djs, any(shown.regions) AS regions
FROM
(
    SELECT item, next_item, finest, count() AS accounts
    FROM charts.build_analytics_items AS given
    INNER JOIN charts.build_contributors AS located ON given.contributor = located.contributor
    WHERE statistics
      AND item IN (SELECT item FROM charts.build_analytics_cells)
      AND next_item IN (SELECT next_item FROM charts.build_analytics_cells)
    GROUP BY item, next_item, finest
) AS counted
LEFT JOIN
(
    SELECT item, next_item, groupArray(region_id) AS regions
    FROM charts.build_analytics_cells
    GROUP BY item, next_item
) AS shown ON counted.item = shown.item AND counted.next_item = shown.next_item
GROUP BY item, next_item
ORDER BY item, next_item
