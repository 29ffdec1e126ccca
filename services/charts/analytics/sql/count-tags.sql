-- Of how many plays each tag is known.
SELECT {{counts}} AS known FROM charts.build_analytics_plays
