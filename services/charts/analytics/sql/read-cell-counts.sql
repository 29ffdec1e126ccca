-- Of the items with cells in hand the accounts by finest region, and the regions of the cells.
SELECT item, groupArray(finest) AS places, groupArray(accounts) AS djs, any(shown.regions) AS regions
FROM
(
    SELECT item, finest, count() AS accounts
    FROM charts.build_analytics_items AS given
    INNER JOIN charts.build_contributors AS located ON given.contributor = located.contributor
    WHERE next_item = {next_item:UInt64} AND {{counts}}
    GROUP BY item, finest
) AS counted
INNER JOIN
(
    SELECT item, groupArray(region_id) AS regions
    FROM charts.build_analytics_cells
    WHERE next_item = {next_item:UInt64}
    GROUP BY item
) AS shown ON counted.item = shown.item
GROUP BY item
ORDER BY item
