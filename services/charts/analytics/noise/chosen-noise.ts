/**
 * The noise that the settings ask for.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { type AnalystsNoise, createAnalystsNoise } from './analysts-noise.ts'

/** `undefined` where `ANALYTICS_EPSILON` is not set: numbers are then as they are counted. */
export function chosenNoise(
  { ANALYTICS_EPSILON: epsilon }: { readonly ANALYTICS_EPSILON?: number },
  pseudonyms: Pick<Pseudonyms, 'noiseOf'>,
): AnalystsNoise | undefined {
  return epsilon === undefined ? undefined : createAnalystsNoise(epsilon, pseudonyms.noiseOf)
}
