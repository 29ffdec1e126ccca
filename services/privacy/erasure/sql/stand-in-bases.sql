-- A stand-in in each chart whose shown revision an account is behind. Another number in each period and genre, so that nobody
-- sees which of them are the same account; the same in all regions of a chart, whose accounts are held against each other;
-- from the seed, so that writing them again writes the same.
INSERT INTO charts.bases (kind, period, region_id, genre_id, contributor, given, version, is_deleted, key_version)
SELECT
    kind,
    period,
    region_id,
    genre_id,
    cityHash64(transform(contributor, {contributors:Array(UInt64)}, {seeds:Array(UInt64)}, toUInt64(0)), kind, period, genre_id),
    cityHash64(transform(contributor, {contributors:Array(UInt64)}, {seeds:Array(UInt64)}, toUInt64(0)), given),
    version,
    0,
    key_version
FROM charts.bases FINAL
WHERE contributor IN {contributors:Array(UInt64)}
