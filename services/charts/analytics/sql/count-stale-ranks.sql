-- Rows of a revision whose ranks among the periods are others by now.
SELECT count() AS stale
FROM (SELECT * FROM charts.analytics_charts WHERE period = {period:String} AND revision = {shown_revision:UInt32}) AS shown
LEFT JOIN ({{history}}) AS history
    ON shown.region = history.region AND shown.genre = history.genre AND shown.track = history.track
WHERE (ifNull(shown.previous_rank, 0), shown.peak_rank, shown.periods_on_chart)
    != (history.previous_rank, history.peak_rank, history.periods)
