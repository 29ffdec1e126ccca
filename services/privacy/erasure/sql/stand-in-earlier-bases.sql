-- The same stand-ins in what earlier revisions were made of.
INSERT INTO charts.earlier_bases
    (kind, period, region_id, genre_id, contributor, given, from_build, until_build, key_version)
SELECT
    kind,
    period,
    region_id,
    genre_id,
    cityHash64({seed:UInt64}, kind, period, genre_id),
    cityHash64({seed:UInt64}, given),
    from_build,
    until_build,
    key_version
FROM charts.earlier_bases FINAL
WHERE contributor = {contributor:UInt64}
