-- Take-backs wait in charts that got no new revision; those that waited and wait no more are deleted.
INSERT INTO charts.pending_take_backs
    (kind, period, region_id, genre_id, contributor, taken_back_at, version, is_deleted, key_version)
SELECT
    {kind:String},
    {period:String},
    region_id,
    genre_id,
    contributor,
    maxIf(since, waits) AS waits_since,
    {build:UInt64},
    max(waits) = 0,
    {key_version:UInt16}
FROM
(
    SELECT region_id, genre_id, contributor, assumeNotNull(taken_back_at) AS since, 1 AS waits
    FROM charts.build_changed
    WHERE taken_back_at IS NOT NULL AND (region_id, genre_id) NOT IN (SELECT region_id, genre_id FROM charts.build_plan)
    UNION ALL
    SELECT region_id, genre_id, contributor, taken_back_at, 0 AS waits
    FROM charts.pending_take_backs FINAL
    WHERE kind = {kind:String} AND period = {period:String}
)
GROUP BY region_id, genre_id, contributor
