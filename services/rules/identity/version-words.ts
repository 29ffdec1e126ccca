/**
 * What a part of a title in brackets or behind a dash says: another edit of the same recording, another version, or
 * words of the title itself (docs/track-identity.md has the rules as a table).
 * @module
 */
import { featuring } from './artist-names.ts'
import { wordsOf } from './words.ts'

export type TitlePart =
  /** Length, cleanliness, mastering, medium: the same track. */
  | { readonly kind: 'same' }
  /** Another track; the words that name the version. */
  | { readonly kind: 'version'; readonly words: readonly string[] }
  | { readonly kind: 'featured'; readonly names: string }
  | { readonly kind: 'title' }

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Each says by itself that the part is about the edit, the master or the file. */
const editWords = set(`
  remaster remastered remasterd remastering remasterizado remasterizada remasterise remasterised
  original originale extended extendet edit edited unedited version versión radio single album lp mono stereo
  clean cleaned dirty explicit censored uncensored intro outro snip main full short long quick
  deluxe expanded anniversary reissue reissued issue bonus edition
  official oficial officiel offizielles offizieller officielle video videoclip clip audio lyric lyrics letra
  stream visualizer visualiser hd hq uhd 4k 1080p 720p hit promo`)

/** They say something of the edit only beside one of those. */
const besideEditWords = set(`
  mix digital digitally track tracks length size master mastered re super special box set collector collectors
  new and the from of with in on by music sub 7 12 inch ep cut ver vers amazon itunes exclusive limited disc cd version`)

const yearOrOrdinal = /^(?:(?:19|20)\d\d|\d{1,3}(?:st|nd|rd|th))$/

/** Another recording or another's work on it, in the spelling that keys have. */
const versionWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...set(`remix dub live acoustic unplugged instrumental karaoke demo bootleg mashup rework refix flip vip remake
      cover reprise session sessions rerecorded orchestral symphonic tribute rehearsal outtake alternate alternative take
      medley slowed nightcore redrum transition acapella mix edit version tool beats rub revision reconstruction
      interpretation rendition concert reimagined remodel retouch redux redo unreleased piano strings stripped megamix
      interlude skit bossa chillout club dance house techno trance dubstep disco vocal ambient`),
    ].map((word) => [word, word]),
  ),
  rmx: 'remix',
  remixed: 'remix',
  remixes: 'remix',
  acústico: 'acoustic',
  acustico: 'acoustic',
  akustik: 'acoustic',
  akapella: 'acapella',
  accapella: 'acapella',
  acappella: 'acapella',
  accappella: 'acapella',
  instr: 'instrumental',
  reworked: 'rework',
  booty: 'bootleg',
  vivo: 'live',
  directo: 'live',
  rework: 'rework',
  ver: 'version',
}

/** They name no version where they stand among the words of a name. */
const onlyAtEitherEnd = set(
  'live take house dance disco concert tool beats cover version club piano strings transition',
)

/** Words that say what was done, so that without them a name would be left that says nothing. */
const kindWords = ['edit', 'mix', 'version'] as const

/** What the plain text of a part says. `isApart`: it stands in brackets, not only behind a dash. */
export function readTitlePart(plain: string, isApart: boolean): TitlePart {
  const text = plain.trim()
  if (text.search(featuring) === 0) return { kind: 'featured', names: text.replace(featuring, '') }
  if (isApart && /^(?:with|w\/|\+) \S/.test(text) && !/^with (?:lyrics|letra)$/.test(text)) {
    return { kind: 'featured', names: text.replace(/^(?:with|w\/|\+) /, '') }
  }
  if (/^(?:parody of|lyrical adapt(?:at)?ion of)\b/.test(text)) return { kind: 'same' }
  const words = wordsOf(
    text.replace(/\bre-(?=(?:master|issue|record|mix|work|edit))/g, 're').replace(/\ba cap+ella\b/g, 'acapella'),
  )
  if (words.length === 0) return { kind: 'same' }
  if (isOfTheEdit(words)) return { kind: 'same' }
  return isVersion(words) ? { kind: 'version', words: versionName(words) } : { kind: 'title' }
}

function isOfTheEdit(words: readonly string[]): boolean {
  return (
    words.some((word) => editWords.has(word)) &&
    words.every((word) => editWords.has(word) || besideEditWords.has(word) || yearOrOrdinal.test(word))
  )
}

function isVersion(words: readonly string[]): boolean {
  return words.some((word, index) => {
    if (versionWords[word] === undefined) return false
    return !onlyAtEitherEnd.has(word) || index === 0 || index === words.length - 1
  })
}

/** `todd terje extended edit` as `todd terje edit`, `remixed by burns` as `burns remix`. */
function versionName(words: readonly string[]): readonly string[] {
  const spelt = words.map((word) => versionWords[word] ?? word)
  const by = spelt.indexOf('by')
  const [kind, ...rest] = spelt
  const turned = by === 1 && kind !== undefined ? [...rest.slice(1), kind] : spelt
  const kept = turned.filter((word) => !isOfTheEditOnly(word))
  if (kept.some((word) => versionWords[word] !== undefined)) return kept
  const ofKind = kindWords.find((word) => turned.includes(word))
  return ofKind === undefined ? turned : [...kept, ofKind]
}

/** `mix` and `version` are kept in names (`club mix`), `extended` and `edit` are not (`burns remix edit`). */
function isOfTheEditOnly(word: string): boolean {
  return editWords.has(word) && word !== 'version'
}
