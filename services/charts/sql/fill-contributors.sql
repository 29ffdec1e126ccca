-- Who may count, and where. A region is its short code as the bytes of an integer: grouping by integers is what makes
-- hundreds of charts in one query possible. Continents come from the rules, by country.
INSERT INTO charts.build_contributors
SELECT
    contributor,
    reinterpretAsUInt64('world') AS world,
    reinterpretAsUInt64(transform(toString(country), {countries:Array(String)}, {continents:Array(String)}, '')) AS continent,
    reinterpretAsUInt64(toString(country)) AS country_id,
    reinterpretAsUInt64(toString(subdivision)) AS subdivision_id,
    arrayMap(scene -> concat('scene-', scene), scenes)
FROM charts.contributors FINAL
WHERE consents = 1
