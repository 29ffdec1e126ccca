-- The marks that this build takes in, each with its own id, so that it removes exactly these at its end.
INSERT INTO charts.build_marks (week, contributor, taken_back, merged, analytics, changed_at, mark)
SELECT week, contributor, taken_back, merged, analytics, changed_at, mark FROM charts.changes
