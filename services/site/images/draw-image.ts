/**
 * Draws the image of a page as PNG, off the main thread, a few at a time.
 * @module
 */
import { renderAsync } from '@resvg/resvg-js'
import { HttpProblem } from '#platform/http/problem.ts'
import type { Html } from '#platform/pages/html.ts'
import { IMAGE_WIDTH } from './image-size.ts'

/** Images that are being drawn or wait for it; each takes some 50 ms of a core and 3 MB meanwhile. */
const WAITING_MAX = 16

export interface ImageDrawer {
  /** Rejects with the problem `overloaded` where too many are being drawn. */
  draw(svg: Html): Promise<Buffer>
}

export function createImageDrawer(): ImageDrawer {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0

  return {
    async draw({ markup }) {
      if (waiting >= WAITING_MAX) throw new HttpProblem('overloaded')
      waiting += 1
      const drawn = tail.then(() =>
        renderAsync(markup, { font: { loadSystemFonts: false }, fitTo: { mode: 'width', value: IMAGE_WIDTH } }),
      )
      tail = drawn.catch(() => undefined)
      try {
        return Buffer.from((await drawn).asPng())
      } finally {
        waiting -= 1
      }
    },
  }
}
