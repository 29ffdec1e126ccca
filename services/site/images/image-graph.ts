/**
 * What a page says of its image to those who show a link to it.
 * @module
 */
import { IMAGE_HEIGHT, IMAGE_WIDTH } from './image-size.ts'

/** The properties of Open Graph. Whole addresses are asked for; without `PUBLIC_URL` it is the path. */
export function imageGraph(origin: string, path: string, words: string): Record<string, string> {
  return {
    'og:image': `${origin}${path}`,
    'og:image:type': 'image/png',
    'og:image:width': String(IMAGE_WIDTH),
    'og:image:height': String(IMAGE_HEIGHT),
    'og:image:alt': words,
  }
}
