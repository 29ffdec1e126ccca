import type { Texts } from '../en/english.ts'
import { layoutTexts } from './layout.ts'
import { problemTexts } from './problem.ts'

/** The German texts, by area. */
export const german: Texts = {
  layout: layoutTexts,
  problem: problemTexts,
}
