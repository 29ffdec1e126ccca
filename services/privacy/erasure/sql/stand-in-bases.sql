-- A stand-in in each chart whose shown revision the account is behind. Another number in each period and genre, so that nobody
-- sees which of them are the same account; the same in all regions of a chart, whose accounts are held against each other;
-- from the seed, so that writing them again writes the same.
INSERT INTO charts.bases (kind, period, region_id, genre_id, contributor, given, version, is_deleted, key_version)
SELECT
    kind,
    period,
    region_id,
    genre_id,
    cityHash64({seed:UInt64}, kind, period, genre_id),
    cityHash64({seed:UInt64}, given),
    version,
    0,
    key_version
FROM charts.bases FINAL
WHERE contributor = {contributor:UInt64}
