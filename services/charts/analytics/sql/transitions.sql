(
    -- Each play with the one directly before it, where both count: of merged tracks a session gives one.
    SELECT
        second.contributor AS contributor,
        first.track AS from_track,
        second.track AS to_track,
        second.track AS track
    FROM (SELECT contributor, session, before, track FROM charts.build_analytics_plays WHERE before != 0) AS second
    INNER JOIN (SELECT contributor, session, played_track, track FROM charts.build_analytics_plays) AS first
        ON second.contributor = first.contributor AND second.session = first.session AND second.before = first.played_track
)
