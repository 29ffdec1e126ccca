-- The newest build that wrote who stands behind charts of the period, and the newest that showed some: the first is later
-- where a build died in between.
SELECT
    greatest(
        (SELECT max(version) FROM charts.bases WHERE kind = {kind:String} AND period = {period:String}),
        (SELECT max(until_build) FROM charts.earlier_bases WHERE kind = {kind:String} AND period = {period:String})
    ) AS written,
    (SELECT max(version) FROM charts.published WHERE kind = {kind:String} AND period = {period:String}) AS shown
