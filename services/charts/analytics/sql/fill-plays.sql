-- Plays of the week that count and are of no merged track. What follows reads them from here, so that contributions are read
-- once. A contribution is of one ISO week, so no time is asked.
INSERT INTO charts.build_analytics_plays
    (contributor, session, track, played_track, before, seconds, bpm_hundredths, key, year, bit_rate, label, clean_label,
     remixer, clean_remixer, deck, software, os, genres)
SELECT
    contributor,
    session,
    play.1 AS track,
    track AS played_track,
    play.2,
    play.3,
    play.4,
    play.5,
    play.6,
    play.7,
    play.8,
    play.9,
    play.10,
    play.11,
    play.12,
    software,
    os,
    play.13
FROM charts.contributions FINAL
ARRAY JOIN arrayZip(plays.track, plays.before, plays.seconds, plays.bpm_hundredths, plays.key, plays.year, plays.bit_rate,
    plays.label, plays.clean_label, plays.remixer, plays.clean_remixer, plays.deck, genres) AS play
WHERE week = {week:UInt32}
  AND contributor IN (SELECT contributor FROM charts.build_contributors)
  AND play.1 NOT IN (SELECT track FROM charts.build_merges)
