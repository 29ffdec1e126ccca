-- What the dead build took for the past holds still, since the build that it holds since.
INSERT INTO charts.bases
    (kind, period, region_id, genre_id, contributor, given, version, is_deleted, key_version)
SELECT kind, period, region_id, genre_id, contributor, given, from_build, 0, key_version
FROM charts.earlier_bases FINAL
WHERE kind = {kind:String} AND period = {period:String} AND until_build > {shown:UInt64}
