/**
 * Candidates of a chart → its entries: texts that enough accounts share, ranks without gaps.
 * @module
 */
import { createHash } from 'node:crypto'
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

/**
 * The entries of a chart, of candidates in the order of the chart. Every account of a track shares its cleaned form,
 * for the identity is made of it.
 */
export function toEntries(places: readonly Place[], minimumDjs: number): Entry[] {
  return places
    .filter(({ djs }) => djs >= minimumDjs)
    .slice(0, CHART_ENTRIES_MAX)
    .map((place, index) => ({
      rank: index + 1,
      track: place.track,
      artist: place.artistDjs >= minimumDjs ? place.artist : capitalised(cleanedForm(place.artist)),
      title: place.titleDjs >= minimumDjs ? place.title : capitalised(cleanedForm(place.title)),
      label: labelOf(place, minimumDjs),
      djs: place.djs,
      plays: place.plays,
    }))
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

/** A cleaned form is in lower case; a reader expects names to begin with capitals. */
function capitalised(text: string): string {
  return text.replace(/(^|[\s([{"/&-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}
