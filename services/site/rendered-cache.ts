/**
 * Rendered answers in memory, bounded in bytes, all dropped when anything newer was published.
 *
 * Only what depends on nothing but published charts and the clock belongs in here; a playlist never does, for it has to
 * go the moment its DJ takes it back.
 * @module
 */
import type { PublicBody } from '#platform/pages/public-answer.ts'

export interface Rendered {
  readonly body: PublicBody
  /** From this time on (Unix milliseconds) the answer would be another one: a chart becomes final by the clock alone. */
  readonly validUntilMs: number
}

export interface RenderedCache {
  /** The answer of a key; rendered once, however many ask at the same time. A rejection is passed on and not kept. */
  get(key: string, render: () => Promise<Rendered>): Promise<PublicBody>
}

export interface RenderedCacheOptions {
  readonly bytesMax: number
  /** Tells what is published apart from what was: another mark drops everything. */
  readonly publicationMark: () => Promise<string>
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** What a kept answer costs beside its bytes: the key, the tag and the entries of the maps. */
const OVERHEAD_BYTES = 512

export function createRenderedCache({ bytesMax, publicationMark, clock }: RenderedCacheOptions): RenderedCache {
  /** In the order of their last use, the oldest first. */
  const kept = new Map<string, Rendered>()
  const beingRendered = new Map<string, Promise<Rendered>>()
  let keptBytes = 0
  let currentMark: string | undefined

  function drop(key: string): void {
    const rendered = kept.get(key)
    if (rendered === undefined) return
    kept.delete(key)
    keptBytes -= costOf(key, rendered)
  }

  function keep(key: string, rendered: Rendered): void {
    drop(key)
    const cost = costOf(key, rendered)
    if (cost > bytesMax) return
    kept.set(key, rendered)
    keptBytes += cost
    for (const oldest of kept.keys()) {
      if (keptBytes <= bytesMax) break
      drop(oldest)
    }
  }

  return {
    async get(key, render) {
      const mark = await publicationMark()
      if (mark !== currentMark) {
        kept.clear()
        keptBytes = 0
        beingRendered.clear()
        currentMark = mark
      }
      const found = kept.get(key)
      if (found !== undefined && clock() < found.validUntilMs) {
        kept.delete(key)
        kept.set(key, found)
        return found.body
      }
      const shared = beingRendered.get(key)
      if (shared !== undefined) return (await shared).body
      const rendering = render()
      beingRendered.set(key, rendering)
      try {
        const rendered = await rendering
        // Something newer may have been published meanwhile; then what was rendered is not kept.
        if (beingRendered.get(key) === rendering) keep(key, rendered)
        return rendered.body
      } finally {
        if (beingRendered.get(key) === rendering) beingRendered.delete(key)
      }
    },
  }
}

function costOf(key: string, { body }: Rendered): number {
  // Its compressed forms are kept with it, and take less than half of it together.
  return 1.5 * body.bytes.length + 2 * key.length + OVERHEAD_BYTES
}
