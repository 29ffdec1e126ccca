import type { Texts } from '../en/english.ts'
import { chartTexts } from './chart.ts'
import { homeTexts } from './home.ts'
import { layoutTexts } from './layout.ts'
import { problemTexts } from './problem.ts'

/** The German texts, by area. */
export const german: Texts = {
  layout: layoutTexts,
  home: homeTexts,
  chart: chartTexts,
  problem: problemTexts,
}
