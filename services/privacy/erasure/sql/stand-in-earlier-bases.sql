-- The same stand-ins in what earlier revisions were made of.
INSERT INTO charts.earlier_bases
    (kind, period, region_id, genre_id, contributor, given, from_build, until_build, key_version)
SELECT
    kind,
    period,
    region_id,
    genre_id,
    cityHash64(transform(contributor, {contributors:Array(UInt64)}, {seeds:Array(UInt64)}, toUInt64(0)), kind, period, genre_id),
    cityHash64(transform(contributor, {contributors:Array(UInt64)}, {seeds:Array(UInt64)}, toUInt64(0)), given),
    from_build,
    until_build,
    key_version
FROM charts.earlier_bases FINAL
WHERE contributor IN {contributors:Array(UInt64)}
