-- The shown revision of a planned chart is now made of what its members give; who gives nothing any more leaves.
INSERT INTO charts.bases
    (kind, period, region_id, genre_id, contributor, given, version, is_deleted, key_version)
SELECT
    {kind:String},
    {period:String},
    region_id,
    genre_id,
    contributor,
    given,
    {build:UInt64},
    NOT is_member,
    {key_version:UInt16}
FROM charts.build_changed
WHERE (region_id, genre_id) IN (SELECT region_id, genre_id FROM charts.build_plan WHERE publishes = 1)
