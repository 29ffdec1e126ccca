-- Switches analysts over in one insert. A condition follows that the engine refuses to who may not build any more.
INSERT INTO charts.analytics_shown (what, period, revision, built_at, version)
SELECT what, period, revision, built_at, version FROM charts.build_analytics_shown WHERE version = {build:UInt64}
