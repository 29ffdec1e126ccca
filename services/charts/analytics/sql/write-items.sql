-- The rows of the cells in hand: in each of their regions the accounts of the population, and what they give.
INSERT INTO {{table}} (week, revision, region, {{names}}, djs, plays)
SELECT {week_name:String}, {revision:UInt32}, any(cell.region), {{values}},
    greatest(0, toInt64(count()) + any(cell.noise_djs)) AS shown_djs,
    greatest(shown_djs, toInt64(sum(given.plays)) + any(cell.noise_plays)) AS shown_plays
FROM
(
    SELECT item, next_item, located.region_id AS region_id, one.plays AS plays
    FROM charts.build_analytics_items AS one
    INNER JOIN
    (
        SELECT contributor, region_id, statistics, usage
        FROM charts.build_contributors
        ARRAY JOIN [world, continent, country, subdivision] AS region_id
        WHERE region_id != 0
    ) AS located ON one.contributor = located.contributor
    WHERE item >= {from_item:UInt64} AND item <= {to_item:UInt64}
      AND (item, next_item) IN (SELECT item, next_item FROM charts.build_analytics_cells)
      AND {{counts}}
) AS given
INNER JOIN
(
    SELECT *
    FROM charts.build_analytics_cells
    WHERE item >= {from_item:UInt64} AND item <= {to_item:UInt64}
      AND (item, next_item, region_id) NOT IN (SELECT item, next_item, region_id FROM charts.build_analytics_withheld)
) AS cell
    ON given.item = cell.item AND given.next_item = cell.next_item AND given.region_id = cell.region_id
GROUP BY cell.item, cell.next_item, cell.region_id
-- Noise may make a row smaller than any that is shown.
HAVING shown_djs >= {minimum_djs:UInt32}
