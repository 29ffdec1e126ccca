-- The candidates with their texts: for artist, title and label the spelling that most accounts share, and how many do
-- (of equals the first in order), and for the label, which is no part of the identity, the same without case; for the same level of regions and kind of genre.
SELECT
    region_id,
    genre_id,
    track,
    djs,
    place_plays AS plays,
    best_artist.1 AS artist,
    best_artist.2 AS artist_djs,
    best_title.1 AS title,
    best_title.2 AS title_djs,
    best_label.1 AS label,
    best_label.2 AS label_djs,
    best_clean_label.1 AS clean_label,
    best_clean_label.2 AS clean_label_djs
FROM
(
    SELECT
        region_id,
        genre_id,
        track,
        any(place.djs) AS djs,
        any(place.plays) AS place_plays,
        sumMap([artist], [1]) AS artists,
        sumMap([title], [1]) AS titles,
        sumMapIf([label], [1], label != '') AS labels,
        sumMapIf([lowerUTF8(normalizeUTF8NFKC(label))], [1], label != '') AS clean_labels,
        arraySort(spelling -> (-spelling.2, spelling.1), arrayZip(artists.1, artists.2))[1] AS best_artist,
        arraySort(spelling -> (-spelling.2, spelling.1), arrayZip(titles.1, titles.2))[1] AS best_title,
        arraySort(spelling -> (-spelling.2, spelling.1), arrayZip(labels.1, labels.2))[1] AS best_label,
        arraySort(spelling -> (-spelling.2, spelling.1), arrayZip(clean_labels.1, clean_labels.2))[1] AS best_clean_label
    FROM
    (
        SELECT {{region}} AS region_id, {{genre}} AS genre_id, pair.track AS track, text.artist AS artist,
            text.title AS title, text.label AS label
        FROM {{pairs}} AS pair
        INNER JOIN charts.build_contributors AS located ON pair.contributor = located.contributor
        INNER JOIN
        (
            SELECT contributor, track, artist, title, label
            FROM charts.build_pairs
            WHERE track IN (SELECT track FROM charts.build_places)
        ) AS text ON pair.contributor = text.contributor AND pair.track = text.track
        {{scenes}}
        WHERE pair.track IN (SELECT track FROM charts.build_places) AND pair.plays > 0
    ) AS spelled
    INNER JOIN charts.build_places AS place USING (region_id, genre_id, track)
    GROUP BY region_id, genre_id, track
)
ORDER BY region_id, genre_id, djs DESC, plays DESC, track
