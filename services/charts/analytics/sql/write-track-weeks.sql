-- The rows of the cells in hand. Medians are over one value an account, which is the median of its plays, and stand only
-- where enough accounts have one; the key is the one that most accounts have, where enough have it.
INSERT INTO charts.analytics_track_weeks
    (week, revision, region, track, artist, title, djs, plays, played_seconds_median, bpm_median, key)
WITH
    sumMapIf([given.key], [1], given.key != '') AS keys,
    arraySort(one -> (-one.2, one.1), arrayZip(keys.1, keys.2))[1] AS best_key
SELECT
    {week_name:String},
    {revision:UInt32},
    any(cell.region),
    cell.item,
    any(cell.text),
    any(cell.title),
    greatest(0, toInt64(count()) + any(cell.noise_djs)) AS shown_djs,
    greatest(shown_djs, toInt64(sum(given.plays)) + any(cell.noise_plays)),
    if({has_noise:UInt8} = 0 AND countIf(given.seconds > 0) >= {minimum_djs:UInt32},
        toUInt32(floor(quantileExactInclusiveIf(0.5)(given.seconds, given.seconds > 0) + 0.5)), NULL),
    if({has_noise:UInt8} = 0 AND countIf(given.bpm_hundredths > 0) >= {minimum_djs:UInt32},
        floor(quantileExactInclusiveIf(0.5)(given.bpm_hundredths, given.bpm_hundredths > 0) / 10 + 0.5) / 10, NULL),
    if({has_noise:UInt8} = 0 AND best_key.2 >= {minimum_djs:UInt32}, best_key.1, '')
FROM
(
    SELECT track, region_id, account.plays AS plays, account.seconds AS seconds, account.bpm_hundredths AS bpm_hundredths,
        account.key AS key
    FROM
    (
        SELECT
            track,
            contributor,
            least(count(), {plays_per_dj:UInt16}) AS plays,
            if(countIf(played.seconds > 0) = 0, 0, quantileExactInclusiveIf(0.5)(played.seconds, played.seconds > 0)) AS seconds,
            if(countIf(played.bpm_hundredths > 0) = 0, 0,
                quantileExactInclusiveIf(0.5)(played.bpm_hundredths, played.bpm_hundredths > 0)) AS bpm_hundredths,
            minIf(toString(played.key), played.key != '') AS key
        FROM charts.build_analytics_plays AS played
        WHERE track >= {from_item:UInt64} AND track <= {to_item:UInt64}
          AND track IN (SELECT item FROM charts.build_analytics_cells)
        GROUP BY track, contributor
    ) AS account
    INNER JOIN
    (
        SELECT contributor, region_id
        FROM charts.build_contributors
        ARRAY JOIN [world, continent, country, subdivision] AS region_id
        WHERE region_id != 0 AND statistics
    ) AS located ON account.contributor = located.contributor
) AS given
INNER JOIN
(
    SELECT *
    FROM charts.build_analytics_cells
    WHERE item >= {from_item:UInt64} AND item <= {to_item:UInt64}
      AND (item, next_item, region_id) NOT IN (SELECT item, next_item, region_id FROM charts.build_analytics_withheld)
) AS cell ON given.track = cell.item AND given.region_id = cell.region_id
GROUP BY cell.item, cell.region_id
-- Noise may make a row smaller than any that is shown.
HAVING shown_djs >= {minimum_djs:UInt32}
