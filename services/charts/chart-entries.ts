/**
 * Candidates of a chart → its entries: texts that enough accounts share, ranks without gaps.
 * @module
 */
import { createHash } from 'node:crypto'
import { capitalised } from '#rules/identity/capitalised.ts'
import { cleanTags } from '#rules/identity/clean-tags.ts'
import { cleanedForm } from '#rules/track-identity.ts'
import { CHART_ENTRIES_MAX } from '#schemas/records/chart.ts'

/** A track with the spellings that most accounts share, and how many do. */
export interface Place {
  readonly track: string
  readonly djs: number
  readonly plays: number
  readonly artist: string
  readonly artistDjs: number
  readonly title: string
  readonly titleDjs: number
  /** Empty where no account gave one. */
  readonly label: string
  readonly labelDjs: number
  /** The label without differences of case that most accounts share. */
  readonly cleanLabel: string
  readonly cleanLabelDjs: number
  /** Every spelling with its accounts; needed where artist or title have none that enough share. */
  readonly spellings?: readonly Spelling[]
}

export interface Spelling {
  readonly artist: string
  readonly title: string
  /** Accounts that spell both so; an account spells a track in one way. */
  readonly djs: number
}

/** Whether the place can only be shown in a cleaned form, for which all its spellings have to be known. */
export function needsSpellings(place: Pick<Place, 'djs' | 'artistDjs' | 'titleDjs'>, minimumDjs: number): boolean {
  return place.djs >= minimumDjs && (place.artistDjs < minimumDjs || place.titleDjs < minimumDjs)
}

export interface Entry {
  readonly rank: number
  readonly track: string
  readonly artist: string
  readonly title: string
  /** Empty where too few accounts share one. */
  readonly label: string
  readonly djs: number
  readonly plays: number
}

/** The entries of a chart, of candidates in the order of the chart. One whose texts too few share is withheld. */
export function toEntries(places: readonly Place[], minimumDjs: number): Entry[] {
  return places
    .filter(({ djs }) => djs >= minimumDjs)
    .flatMap((place) => {
      const artist =
        place.artistDjs >= minimumDjs ? place.artist : sharedCleanedForm(place.spellings ?? [], 'artist', minimumDjs)
      const title =
        place.titleDjs >= minimumDjs ? place.title : sharedCleanedForm(place.spellings ?? [], 'title', minimumDjs)
      if (artist === undefined || title === undefined) return []
      const { track, djs, plays } = place
      return [{ track, artist, title, label: labelOf(place, minimumDjs), djs, plays }]
    })
    .slice(0, CHART_ENTRIES_MAX)
    .map((entry, index) => ({ rank: index + 1, ...entry }))
}

/** The cleaned form that most accounts share, where enough do; of equals the first in order. */
export function sharedCleanedForm(
  spellings: readonly Spelling[],
  text: 'artist' | 'title',
  minimumDjs: number,
): string | undefined {
  const forms = new Map<string, number>()
  for (const { artist, title, djs } of spellings) {
    const clean = cleanTags({ artist, title })
    if (clean.kind === 'track') forms.set(clean[text], (forms.get(clean[text]) ?? 0) + djs)
  }
  const [best] = [...forms].sort(([a, aDjs], [b, bDjs]) => bDjs - aDjs || (a < b ? -1 : 1))
  return best !== undefined && best[1] >= minimumDjs ? capitalised(best[0]) : undefined
}

function labelOf({ label, labelDjs, cleanLabel, cleanLabelDjs }: Place, minimumDjs: number): string {
  if (labelDjs >= minimumDjs) return label
  return cleanLabelDjs >= minimumDjs ? capitalised(cleanedForm(cleanLabel)) : ''
}

/** Hash of what readers see of a chart: 64 bits in decimal. */
export function contentHash(djs: number, plays: number, entries: readonly Entry[]): string {
  return createHash('sha256')
    .update(JSON.stringify([djs, plays, entries]))
    .digest()
    .readBigUInt64BE(0)
    .toString()
}
