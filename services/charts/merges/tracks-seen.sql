-- The tracks that contributors who consent play, those of most DJs first: the spelling that most DJs use, and how many
-- DJs play the track. One JSON object a line.
SELECT
    toString(track) AS id,
    argMax(spelt_artist, (spelling_djs, spelling_plays, spelt_artist, spelt_title)) AS artist,
    argMax(spelt_title, (spelling_djs, spelling_plays, spelt_artist, spelt_title)) AS title,
    toUInt32(uniqExactMerge(players)) AS weight
FROM
(
    SELECT
        play.track AS track,
        substringUTF8(play.artist, 1, {characters:UInt32}) AS spelt_artist,
        substringUTF8(play.title, 1, {characters:UInt32}) AS spelt_title,
        uniqExactState(contributor) AS players,
        uniqExact(contributor) AS spelling_djs,
        count() AS spelling_plays
    FROM charts.contributions FINAL
    ARRAY JOIN plays AS play
    WHERE contributor IN (SELECT contributor FROM charts.contributors FINAL WHERE consents = 1)
    GROUP BY track, spelt_artist, spelt_title
)
GROUP BY track
ORDER BY weight DESC, sum(spelling_plays) DESC, track
LIMIT {tracks:UInt32}
