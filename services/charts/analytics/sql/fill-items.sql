-- Who gives how many plays to which item: an account gives at most {plays_per_dj:UInt16} to a track and item, as in charts.
INSERT INTO charts.build_analytics_items (item, next_item, contributor, plays, value, spelling)
SELECT item, next_item, contributor, least(sum(track_plays), {plays_per_item:UInt64}), any(track_value), min(track_spelling)
FROM
(
    SELECT
        {{item}} AS item,
        {{next}} AS next_item,
        contributor,
        least(count(), {plays_per_dj:UInt16}) AS track_plays,
        any({{value}}) AS track_value,
        min({{spelling}}) AS track_spelling
    FROM {{plays}}
    WHERE {{condition}}
    GROUP BY item, next_item, contributor, track
)
GROUP BY item, next_item, contributor
