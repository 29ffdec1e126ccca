import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs, seed } from './generated-plays.ts'

/**
 * Attacks generated worlds: nothing is found of what the build publishes, and something is where the neighbours' suppression is
 * off, which proves the attack.
 * @param leak accounts that are told of, `undefined` where there are none
 * @param without how many worlds are attacked without the suppression; in more than `foundAbove` of them something has to be found
 */
export function attackWorlds<World>(
  name: string,
  worlds: fc.Arbitrary<World>,
  leak: (world: World, neighbours: boolean) => readonly string[] | undefined,
  without: { readonly worlds: number; readonly foundAbove: number },
): void {
  describe(name, () => {
    it('tells of no few accounts', () => {
      fc.assert(
        fc.property(worlds, (world) => {
          expect(leak(world, true)).toBeUndefined()
        }),
        { seed, numRuns: runs },
      )
    })

    it('tells of some where only cells with few accounts are withheld', () => {
      const found = fc
        .sample(worlds, { seed, numRuns: without.worlds })
        .filter((world) => leak(world, false) !== undefined)
      expect(found.length).toBeGreaterThan(without.foundAbove)
    })
  })
}
