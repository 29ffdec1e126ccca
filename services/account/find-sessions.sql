-- Of an owner's sessions those with a text in their name, or in an artist or title of a track. A name that was chosen by hand
-- stands in the place of the one that was sent; a text of JSON, so it is read as one.
(
  arrayExists(text -> positionCaseInsensitiveUTF8(ifNull(text, ''), {words:String}) > 0, arrayConcat(tracks.artist, tracks.title))
  OR session_key IN (
    SELECT session_key FROM playlists.session_choices FINAL
    WHERE owner = {owner:String} AND flag = 'name' AND positionCaseInsensitiveUTF8(JSONExtractString(ifNull(value, '""')), {words:String}) > 0
  )
  OR (
    positionCaseInsensitiveUTF8(ifNull(name, ''), {words:String}) > 0
    AND session_key NOT IN (
      SELECT session_key FROM playlists.session_choices FINAL
      WHERE owner = {owner:String} AND flag = 'name' AND value IS NOT NULL
    )
  )
)
