-- Of an owner's sessions those that have all the words: in their name, or in artist and title of one track.
--
-- Texts and words are compared without case, accents, ligatures and apostrophes, in one place for both, so that what is typed
-- as it stands is found, and what is typed without them too. All texts of a session are folded as one, a line for each, for a
-- DJ may have a million plays. A name that was chosen by hand stands in the place of the one that was sent, as text of JSON.
arrayExists(
  folded -> arrayExists(
    text -> arrayAll(word -> position(text, word) > 0, splitByWhitespace(folded[2])),
    splitByChar('\n', folded[1])
  ),
  [
    arrayMap(
      text -> replaceAll(replaceAll(replaceAll(replaceAll(
        translateUTF8(
          replaceRegexpAll(normalizeUTF8NFKD(lowerUTF8(text)), '[\\p{Mn}''’ʼ`´]', ''),
          'øłđðħı', 'olddhi'
        ),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      [
        arrayStringConcat(
          arrayPushFront(
            arrayMap((artist, title) -> concat(ifNull(artist, ''), ' ', ifNull(title, '')), tracks.artist, tracks.title),
            ifNull(
              ifNull(
                (
                  SELECT CAST(
                    mapFromArrays(groupArray(session_key), groupArray(JSONExtractString(assumeNotNull(value)))),
                    'Map(String, Nullable(String))'
                  )
                  FROM playlists.session_choices FINAL
                  WHERE owner = {owner:String} AND flag = 'name' AND value IS NOT NULL
                )[session_key],
                name
              ),
              ''
            )
          ),
          '\n'
        ),
        {words:String}
      ]
    )
  ]
)
