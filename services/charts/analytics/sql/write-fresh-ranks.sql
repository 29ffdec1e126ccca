-- The rows of a revision under the next one, with the ranks among the periods as they are by now.
INSERT INTO charts.analytics_charts
    (period, revision, region, genre, rank, previous_rank, peak_rank, periods_on_chart, track, artist, title, label, djs, plays)
SELECT
    shown.period,
    {revision:UInt32},
    shown.region,
    shown.genre,
    shown.rank,
    nullIf(history.previous_rank, 0),
    history.peak_rank,
    history.periods,
    shown.track,
    shown.artist,
    shown.title,
    shown.label,
    shown.djs,
    shown.plays
FROM (SELECT * FROM charts.analytics_charts WHERE period = {period:String} AND revision = {shown_revision:UInt32}) AS shown
INNER JOIN ({{history}}) AS history
    ON shown.region = history.region AND shown.genre = history.genre AND shown.track = history.track
