-- Who may count, and where. A region is its short code as the bytes of an integer: grouping by integers is what makes
-- hundreds of charts in one query possible. Continents come from the rules, by country. What is older than an erasure is
-- left out, whoever wrote it late. Who objects to statistics, or to usage information, counts in charts and not for analysts.
INSERT INTO charts.build_contributors (contributor, world, continent, country, subdivision, finest, statistics, usage, scenes)
SELECT
    contributor,
    reinterpretAsUInt64('world') AS world,
    reinterpretAsUInt64(transform(toString(country), {countries:Array(String)}, {continents:Array(String)}, '')) AS continent,
    reinterpretAsUInt64(toString(country)) AS country_id,
    reinterpretAsUInt64(toString(subdivision)) AS subdivision_id,
    multiIf(subdivision_id != 0, subdivision_id, country_id != 0, country_id, world) AS finest,
    statistics,
    statistics AND usage,
    arrayMap(scene -> concat('scene-', scene), scenes)
FROM charts.contributors FINAL
WHERE consents = 1 AND (contributor, version) NOT IN
(
    SELECT contributor, contributors.version
    FROM charts.contributors
    INNER JOIN (SELECT contributor, max(version) AS erased FROM charts.tombstones GROUP BY contributor) AS tombstone USING (contributor)
    WHERE contributors.version < erased
)
