/**
 * The parts of a title: its words, its versions, those who are featured.
 * @module
 */
import { featuring, namesIn } from './artist-names.ts'
import { readTitlePart, type TitlePart } from './version-words.ts'
import { squashed, withoutArticle, wordsOf } from './words.ts'

export interface TitleParts {
  /** The title itself, as words with a blank between them; never empty where the text was not. */
  readonly core: string
  /** Each as words; in the order of the alphabet, no two the same. None for the original in whatever edit. */
  readonly versions: readonly string[]
  readonly featured: readonly string[]
}

/** An edit that is named at the end without brackets or a dash. Only what no title ends with. */
const bareEdit =
  /\s(?:(?:original|extended|radio) (?:mix|edit|version)|(?:album|single) version|(?:19|20)\d\d (?:digital )?remaster(?:ed)?|(?:digitally )?remastered (?:19|20)\d\d|remastered(?: version)?|re-?issued?|(?:official|offizielles|music) video|video ?clip(?: of+ici(?:al|el))?|hq|hd)$/
/** `- 2011 - remaster` is one part. */
const yearOfRemaster = / - ((?:19|20)\d\d) - (?=(?:digital )?re-?master)/
const bareRemix = /(?<=\S )(?:remix|rmx|\(remix)$/
const mediaFile = /\.(?:mp3|m4a|mp4|aac|wav|aiff?|flac|ogg|opus|wma|alac|avi|wmv|mpe?g|flv|mov|mkv|webm)$/
const NESTING_MAX = 20

/** The parts of a plain title. */
export function titleParts(plain: string): TitleParts {
  const text = plain
    .replace(mediaFile, '')
    .replace(/\*+new\*+/g, ' ')
    .replace(yearOfRemaster, ' - $1 ')
  const versions = new Set<string>()
  const featured: string[] = []
  /** Whether the part is words of the title; what else it says is noted. */
  const isOfTitle = (part: string, isApart: boolean): boolean => {
    const read = readAll(part, isApart)
    if (read === undefined) return true
    for (const piece of read) {
      if (piece.kind === 'version') versions.add(piece.words.join(' '))
      else if (piece.kind === 'featured') featured.push(...namesIn(piece.names))
    }
    return false
  }
  const [first = '', ...behindDashes] = withoutBrackets(text, isOfTitle).split(/\s+(?:-+|\|)\s+|\s+-+$/)
  const at = first.search(featuring)
  if (at > 0) featured.push(...namesIn(first.slice(at).replace(featuring, '')))
  const bare = (at > 0 ? first.slice(0, at) : first).trim().replace(bareEdit, '')
  const isRemix = bareRemix.test(bare)
  if (isRemix) versions.add('remix')
  const kept = [isRemix ? bare.replace(bareRemix, '') : bare, ...behindDashes.filter((part) => isOfTitle(part, false))]
  const core = withoutArticle(kept.flatMap((part) => wordsOf(part))).join(' ')
  if (core !== '' && wordsOf(bare).length > 0) return { core, versions: [...versions].sort(), featured }
  // Nothing but brackets, edits or signs: `(Intro)`, `Remix`, `???`. Then that is the title.
  const all = withoutArticle(wordsOf(text)).join(' ')
  return { core: all === '' ? text.replace(/\s/g, '') : all, versions: [], featured: [] }
}

/** The parts as one text, from which the same parts are read again, but for those who are featured. */
export function joinedTitle({ core, versions }: TitleParts): string {
  return core + versions.map((version) => ` (${version})`).join('')
}

/** Core and versions as a part of a key. */
export function squashedTitle({ core, versions }: TitleParts): string {
  return [core, ...versions].map((part) => squashed(part.split(' '))).join('|')
}

/** A part may say two things: `live / remastered`, `feat. kelly rowland - electro extended`. */
function readAll(part: string, isApart: boolean): TitlePart[] | undefined {
  const pieces = part.split(/\s+-+\s+|\s*\/\s*/).map((piece) => readTitlePart(piece, isApart))
  if (pieces.every(({ kind }) => kind !== 'title')) return pieces
  const whole = readTitlePart(part, isApart)
  return whole.kind === 'title' ? undefined : [whole]
}

/** The text without its brackets, innermost first: what is words of the title stays where it stood. */
function withoutBrackets(text: string, isOfTitle: (part: string, isApart: boolean) => boolean): string {
  if (!/[([{<)\]}>]/.test(text)) return text
  const open = ['']
  const close = (): void => {
    const part = open.pop() ?? ''
    const around = open.length - 1
    if (isOfTitle(part, true)) open[around] += ` ${part.replace(/\s-+\s/g, ' ')} `
    else open[around] += ' '
  }
  for (const character of text) {
    if ('([{<'.includes(character)) {
      if (open.length <= NESTING_MAX) open.push('')
    } else if (')]}>'.includes(character)) {
      if (open.length > 1) close()
    } else open[open.length - 1] += character
  }
  while (open.length > 1) close()
  return (open[0] ?? '').trim()
}
