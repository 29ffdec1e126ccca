-- What retention takes out of tables leaves their parts, too: a merge of a whole table may drop the rows that say that
-- something was deleted, where nothing older is left that they would hide.
ALTER TABLE playlists.sessions MODIFY SETTING allow_experimental_replacing_merge_with_cleanup = 1;
ALTER TABLE playlists.public_sessions MODIFY SETTING allow_experimental_replacing_merge_with_cleanup = 1;
ALTER TABLE charts.contributions MODIFY SETTING allow_experimental_replacing_merge_with_cleanup = 1;
ALTER TABLE charts.bases MODIFY SETTING allow_experimental_replacing_merge_with_cleanup = 1;
ALTER TABLE charts.pending_take_backs MODIFY SETTING allow_experimental_replacing_merge_with_cleanup = 1;

-- The names of editors go with retention, so their old parts go soon.
ALTER TABLE charts.merges MODIFY SETTING old_parts_lifetime = 1;
ALTER TABLE charts.merge_history MODIFY SETTING old_parts_lifetime = 1;
