/**
 * Ratings.
 * @module
 */

/** Where one star ends and the next begins: the middle between what is written for each of them. */
const STAR_BOUNDS = [32, 96, 160, 224]

/**
 * The stars, 1 to 5, of a popularimeter's byte (ID3v2.4, "POPM"); `undefined` for 0, by which it says that it is not known,
 * and for what is no byte. Writers put 1, 64, 128, 196 and 255 for one to five stars (those of Windows, which others follow).
 */
export function starsOfPopularimeter(byte: number): number | undefined {
  if (!(byte > 0 && byte <= 255)) return undefined
  return 1 + STAR_BOUNDS.filter((from) => byte >= from).length
}
