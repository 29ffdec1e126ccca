-- Where analysts are to see the plays of tracks with transitions in hand.
SELECT toString(track) AS track, toString(region) AS region
FROM charts.analytics_track_weeks
WHERE week = {week_name:String} AND revision = {revision:UInt32} AND track IN
(
    SELECT item FROM charts.build_analytics_cells
    UNION ALL
    SELECT next_item FROM charts.build_analytics_cells
)
ORDER BY track, region
