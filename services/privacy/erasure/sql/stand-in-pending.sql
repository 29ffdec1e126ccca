-- An erasure is a take-back in every chart that an account is behind: it waits there, and no longer than the settings say.
INSERT INTO charts.pending_take_backs
    (kind, period, region_id, genre_id, contributor, taken_back_at, version, is_deleted, key_version)
SELECT
    kind,
    period,
    region_id,
    genre_id,
    cityHash64(transform(contributor, {contributors:Array(UInt64)}, {seeds:Array(UInt64)}, toUInt64(0)), kind, period, genre_id),
    fromUnixTimestamp64Milli(if(waits_since_ms = 0, erased_at_ms, least(waits_since_ms, erased_at_ms)), 'UTC'),
    version,
    0,
    key_version
FROM
(
    SELECT kind, period, region_id, genre_id, contributor, version, key_version,
        transform(contributor, {contributors:Array(UInt64)}, {accepted_at_ms:Array(Int64)}, toInt64(0)) AS erased_at_ms
    FROM charts.bases FINAL
    WHERE contributor IN {contributors:Array(UInt64)}
) AS base
LEFT JOIN
(
    SELECT kind, period, region_id, genre_id, contributor, toUnixTimestamp64Milli(taken_back_at) AS waits_since_ms
    FROM charts.pending_take_backs FINAL
    WHERE contributor IN {contributors:Array(UInt64)}
) AS pending USING (kind, period, region_id, genre_id, contributor)
