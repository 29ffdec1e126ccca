-- An erasure is a take-back in every chart that the account is behind: it waits there, and no longer than the settings say.
INSERT INTO charts.pending_take_backs
    (kind, period, region_id, genre_id, contributor, taken_back_at, version, is_deleted, key_version)
SELECT
    kind,
    period,
    region_id,
    genre_id,
    cityHash64({seed:UInt64}, kind, period, genre_id),
    if(waits_since_ms = 0, fromUnixTimestamp64Milli({accepted_at_ms:Int64}, 'UTC'),
        fromUnixTimestamp64Milli(least(waits_since_ms, {accepted_at_ms:Int64}), 'UTC')),
    version,
    0,
    key_version
FROM
(
    SELECT kind, period, region_id, genre_id, version, key_version
    FROM charts.bases FINAL
    WHERE contributor = {contributor:UInt64}
) AS base
LEFT JOIN
(
    SELECT kind, period, region_id, genre_id, toUnixTimestamp64Milli(taken_back_at) AS waits_since_ms
    FROM charts.pending_take_backs FINAL
    WHERE contributor = {contributor:UInt64}
) AS pending USING (kind, period, region_id, genre_id)
