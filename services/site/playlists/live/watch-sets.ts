/**
 * Tells all who look at a public session that is going on what is new in it. However many they are, the store is asked once a
 * session and interval; it is asked and not told, so that any number of processes may do so.
 *
 * A stream ends when the session is private, deleted, erased or over; nobody learns which.
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { PlaylistView } from '../playlist-view.ts'

export type SetNews =
  /** It has grown or changed. */
  | { readonly kind: 'changed'; readonly view: PlaylistView }
  /** There is nothing to wait for any more. */
  | { readonly kind: 'over' }

export interface WatchSetsOptions {
  readonly readView: (publicId: string) => Promise<PlaylistView | undefined>
  readonly intervalMs: number
  /** Sessions that are watched at a time; each costs four small queries an interval. */
  readonly setsMax: number
}

export interface SetWatcher {
  /**
   * Calls `listener` with all that is new after `view`, which the caller has read. Answers how to stop, or `undefined` where
   * too many sessions are watched.
   */
  watch(view: PlaylistView, listener: (news: SetNews) => void): (() => void) | undefined
}

interface WatchedSet {
  readonly listeners: Set<(news: SetNews) => void>
  readonly stopped: AbortController
}

export function createSetWatcher({ readView, intervalMs, setsMax }: WatchSetsOptions): SetWatcher {
  const sets = new Map<string, WatchedSet>()

  async function follow(publicId: string, set: WatchedSet, known: string): Promise<void> {
    let seen = known
    const { signal } = set.stopped
    while (!signal.aborted) {
      // An abort ends the wait; there is then nobody left to tell.
      await delay(intervalMs, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      let view: PlaylistView | undefined
      try {
        view = await readView(publicId)
      } catch {
        // The store is out of reach. What was shown stays; the next interval asks again.
        continue
      }
      if (view === undefined) return end(publicId, set)
      const state = stateOf(view)
      if (state !== seen) tell(set, { kind: 'changed', view })
      seen = state
      if (!view.isGoingOn) return end(publicId, set)
    }
  }

  function end(publicId: string, set: WatchedSet): void {
    sets.delete(publicId)
    set.stopped.abort()
    tell(set, { kind: 'over' })
    set.listeners.clear()
  }

  return {
    watch(view, listener) {
      const { publicId } = view
      const known = sets.get(publicId)
      if (known === undefined && sets.size >= setsMax) return undefined
      const set = known ?? { listeners: new Set(), stopped: new AbortController() }
      set.listeners.add(listener)
      if (known === undefined) {
        sets.set(publicId, set)
        void follow(publicId, set, stateOf(view))
      }
      return () => {
        set.listeners.delete(listener)
        if (set.listeners.size > 0 || sets.get(publicId) !== set) return
        sets.delete(publicId)
        set.stopped.abort()
      }
    },
  }
}

function stateOf({ playlist, trackIds }: PlaylistView): string {
  return JSON.stringify([playlist, trackIds])
}

function tell({ listeners }: WatchedSet, news: SetNews): void {
  for (const listener of [...listeners]) listener(news)
}
