-- Items that enough accounts of the analysts' population play, in a range of them. For each the accounts and plays by their
-- finest region: of the population, and apart of those who count in charts and not for analysts.
SELECT item, next_item, regions, djs, plays, objectors, objector_plays, {{texts}}
FROM
(
    SELECT
        item,
        next_item,
        groupArray(finest) AS regions,
        groupArray(place_djs) AS djs,
        groupArray(place_plays) AS plays,
        groupArray(place_objectors) AS objectors,
        groupArray(place_objector_plays) AS objector_plays,
        any(place_value) AS value,
        sumMap(place_spellings.1, place_spellings.2) AS spellings,
        arraySort(one -> (-one.2, one.1), arrayZip(spellings.1, spellings.2))[1] AS best_spelling
    FROM
    (
        SELECT
            item,
            next_item,
            finest,
            countIf({{counts}}) AS place_djs,
            sumIf(given.plays, {{counts}}) AS place_plays,
            countIf(NOT {{counts}}) AS place_objectors,
            sumIf(given.plays, NOT {{counts}}) AS place_objector_plays,
            any(given.value) AS place_value,
            sumMapIf([given.spelling], [1], {{counts}}) AS place_spellings
        FROM charts.build_analytics_items AS given
        INNER JOIN charts.build_contributors AS located ON given.contributor = located.contributor
        WHERE item >= {from_item:UInt64} AND item <= {to_item:UInt64}
          -- Most items are of one or two accounts, and end here.
          AND (item, next_item) IN
          (
              SELECT item, next_item
              FROM charts.build_analytics_items
              WHERE item >= {from_item:UInt64} AND item <= {to_item:UInt64}
              GROUP BY item, next_item
              HAVING count() >= {minimum_djs:UInt32}
          )
        GROUP BY item, next_item, finest
    )
    GROUP BY item, next_item
    HAVING sum(place_djs) >= {minimum_djs:UInt32}
) AS counted
{{join}}
ORDER BY item, next_item
