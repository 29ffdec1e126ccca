-- How tracks are called where they were last shown, on a chart or not; and whether they have a page, which those on a
-- published chart have.
SELECT track_id AS id, argMax(artist, week) AS artist, argMax(title, week) AS title,
    track_id IN (
        SELECT leftPad(lower(hex(track)), 16, '0') FROM charts.entries FINAL
        WHERE track IN (SELECT reinterpretAsUInt64(reverse(unhex(arrayJoin({tracks:Array(String)})))))
          AND (region, genre, kind, period, revision) IN (
              SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE withheld = 0)) AS is_charted
FROM analytics.track_weeks
WHERE week >= {from:String} AND region = 'world' AND track_id IN {tracks:Array(String)}
GROUP BY track_id
