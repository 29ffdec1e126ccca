/**
 * How many statements run at once, of one analyst and of all together. Who finds no place waits a little.
 * @module
 */
import { ClickhouseException } from '#platform/clickhouse-http/exception.ts'

export interface PlaceLimits {
  /** Of one analyst; less than of all, so that nobody keeps everybody else out. */
  readonly ofOneMax: number
  readonly inAllMax: number
  /** Statements that wait. */
  readonly waitingMax: number
  /** How long a statement waits. */
  readonly waitMsMax: number
}

export interface Places {
  /**
   * Resolves with what gives the place back, to be called once.
   * Rejects with a ClickhouseException (`TOO_MANY_SIMULTANEOUS_QUERIES`).
   */
  take(analyst: string, signal: AbortSignal): Promise<() => void>
  /** Statements that have a place. */
  readonly taken: number
}

interface Waiting {
  readonly analyst: string
  readonly begin: () => void
}

export function createPlaces({ ofOneMax, inAllMax, waitingMax, waitMsMax }: PlaceLimits): Places {
  const takenBy = new Map<string, number>()
  const waiting = new Set<Waiting>()
  let taken = 0

  const isFree = (analyst: string) => taken < inAllMax && (takenBy.get(analyst) ?? 0) < ofOneMax

  function occupy(analyst: string): () => void {
    taken += 1
    takenBy.set(analyst, (takenBy.get(analyst) ?? 0) + 1)
    return () => {
      taken -= 1
      const left = (takenBy.get(analyst) ?? 1) - 1
      if (left === 0) takenBy.delete(analyst)
      else takenBy.set(analyst, left)
      // In the order of coming, but nobody waits behind one whose analyst has too many.
      for (const one of waiting) if (isFree(one.analyst)) return one.begin()
    }
  }

  return {
    get taken() {
      return taken
    },
    take(analyst, signal) {
      if (isFree(analyst)) return Promise.resolve(occupy(analyst))
      const ownWaiting = [...waiting].filter((one) => one.analyst === analyst).length
      // A half of the line is the most that one analyst stands in.
      if (waiting.size >= waitingMax || ownWaiting >= waitingMax / 2) return Promise.reject(tooMany())
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', giveUp)
          waiting.delete(one)
        }
        const giveUp = () => {
          end()
          reject(tooMany())
        }
        const one: Waiting = {
          analyst,
          begin() {
            end()
            resolve(occupy(analyst))
          },
        }
        const timer = setTimeout(giveUp, waitMsMax)
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.add(one)
      })
    },
  }
}

const tooMany = () =>
  new ClickhouseException(
    'TOO_MANY_SIMULTANEOUS_QUERIES',
    'Too many simultaneous queries: wait until some of them have ended',
    undefined,
    429,
  )
