/**
 * The texts that an item is shown by: in a form that enough accounts share, or none.
 * @module
 */
import { capitalised } from '#rules/identity/capitalised.ts'
import { needsSpellings, type Spelling, sharedCleanedForm } from '../chart-entries.ts'
import type { ItemRow } from './read-items.ts'

export interface ItemTexts {
  readonly text: string
  readonly title: string
}

/** Artist and title of a track; `undefined` where too few accounts share a form of them. */
export function trackTexts(row: ItemRow, spellings: readonly Spelling[], minimumDjs: number): ItemTexts | undefined {
  const shared = (spelled: string, djs: number, text: 'artist' | 'title') =>
    djs >= minimumDjs ? spelled : sharedCleanedForm(spellings, text, minimumDjs)
  const artist = shared(row.text, Number(row.text_djs), 'artist')
  const title = shared(row.title, Number(row.title_djs), 'title')
  return artist === undefined || title === undefined ? undefined : { text: artist, title }
}

/** Whether all spellings of a track have to be known for that. */
export function tracksNeedSpellings(row: ItemRow, djs: number, minimumDjs: number): boolean {
  return needsSpellings({ djs, artistDjs: Number(row.text_djs), titleDjs: Number(row.title_djs) }, minimumDjs)
}

/** The value of a tag. Enough accounts have it, cleaned; most of them may also share a spelling of it. */
export function valueTexts({ text, title, title_djs: spelledDjs }: ItemRow, minimumDjs: number): ItemTexts {
  const isSpelled = title !== ''
  if (!isSpelled) return { text, title: '' }
  return { text: Number(spelledDjs) >= minimumDjs ? title : capitalised(text), title: '' }
}
