-- Switches readers over in one insert, so that nobody sees some charts of a period switched and others not. A condition
-- follows that the engine refuses to who may not build any more.
INSERT INTO charts.published
SELECT * FROM charts.build_published WHERE version = {build:UInt64}
