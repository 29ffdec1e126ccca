import { chartTexts } from './chart.ts'
import { homeTexts } from './home.ts'
import { layoutTexts } from './layout.ts'
import { problemTexts } from './problem.ts'

/** The English texts, by area. */
export const english = {
  layout: layoutTexts,
  home: homeTexts,
  chart: chartTexts,
  problem: problemTexts,
}

/** What every language has. */
export type Texts = typeof english
