-- What the shown revision of a planned chart was made of, and its next one is not, belongs to the past. Before the bases,
-- which no longer tell it once they are written.
INSERT INTO charts.earlier_bases
    (kind, period, region_id, genre_id, contributor, given, from_build, until_build, key_version)
SELECT
    {kind:String},
    {period:String},
    region_id,
    genre_id,
    contributor,
    given_before,
    since_build,
    {build:UInt64},
    {key_version:UInt16}
FROM charts.build_changed
WHERE since_build > 0 AND (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_plan WHERE publishes = 1)
