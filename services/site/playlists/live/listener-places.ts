/**
 * How many may listen at a time, in all and from one address. Addresses are never kept: what is counted by is a hash under a
 * key that this process made for itself, and it goes when the last connection of it ends.
 * @module
 */
import { createHmac, randomBytes } from 'node:crypto'

export interface ListenerPlacesOptions {
  readonly max: number
  readonly maxAnAddress: number
}

export interface ListenerPlaces {
  /** Takes a place; answers how to leave it, or `undefined` where there is none. */
  take(address: string): (() => void) | undefined
}

export function createListenerPlaces({ max, maxAnAddress }: ListenerPlacesOptions): ListenerPlaces {
  const key = randomBytes(32)
  const taken = new Map<string, number>()
  let all = 0

  return {
    take(address) {
      const who = createHmac('sha256', key).update(address).digest('base64')
      const own = taken.get(who) ?? 0
      if (all >= max || own >= maxAnAddress) return undefined
      all += 1
      taken.set(who, own + 1)
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        all -= 1
        const left = (taken.get(who) ?? 1) - 1
        if (left === 0) taken.delete(who)
        else taken.set(who, left)
      }
    },
  }
}
