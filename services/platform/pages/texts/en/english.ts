import { layoutTexts } from './layout.ts'
import { problemTexts } from './problem.ts'

/** The English texts, by area. */
export const english = {
  layout: layoutTexts,
  problem: problemTexts,
}

/** What every language has. */
export type Texts = typeof english
