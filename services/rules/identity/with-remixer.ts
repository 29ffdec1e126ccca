/**
 * The author of a remix, where only the remixer tag names them.
 * @module
 */
import { namesIn } from './artist-names.ts'
import { isNobody } from './placeholders.ts'
import { squashed, wordsOf } from './words.ts'

/** The versions of a title with the name in a plain remixer tag, where the title says "remix" alone or nothing. */
export function withRemixer(
  versions: readonly string[],
  remixer: string,
  artists: readonly string[],
): readonly string[] {
  if (remixer === '' || isNobody(remixer)) return versions
  const names = namesIn(remixer)
  const run = squashed(wordsOf(remixer))
  const isNamed = versions.some((version) => squashed(version.split(' ')).includes(run))
  if (isNamed || names.length === 0 || names.every((name) => artists.includes(name))) return versions
  const plain = versions.find((version) => version === 'remix' || version === 'mix')
  const other = versions.filter((version) => version !== plain)
  // A version that is named already was made by somebody: the tag then says nothing new about it.
  if (plain === undefined && other.some((version) => version.endsWith('mix'))) return versions
  return [...other, `${names.join(' and ')} remix`].sort()
}
