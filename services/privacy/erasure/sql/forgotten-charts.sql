-- Hidden charts behind whose last shown revision nobody stands who is still there: their genre may be a word that only
-- erased accounts used. A chart that an account stands behind that took back its consent stays known, for it may consent
-- again, and its next revision must not tell who else came.
SELECT kind, period, region, genre, reinterpretAsUInt64(toString(region)) AS region_id, cityHash64(toString(genre)) AS genre_id
FROM charts.published FINAL
WHERE hidden = 1
  AND (toString(kind), toString(period), region_id, genre_id) NOT IN
(
    SELECT toString(kind), toString(period), region_id, genre_id
    FROM charts.bases FINAL
    WHERE contributor IN (SELECT contributor FROM charts.contributors)
)
