/**
 * SVG path data out of what `d3-geo` draws, on a coarse grid: points that fall on the one before are left out, and so are
 * islands of which nothing is left. That makes a map of the world a tenth as long.
 * @module
 */
import type { GeoContext } from 'd3-geo'

interface Point {
  readonly x: number
  readonly y: number
}

export interface SimplePath {
  readonly context: GeoContext
  /** What was drawn since the last call, relative from point to point. */
  take(): string
}

/** @param stepsPerUnit points lie on this many places a unit. */
export function createSimplePath(stepsPerUnit: number): SimplePath {
  let rings: Point[][] = []

  const snapped = (x: number, y: number): Point => ({
    x: Math.round(x * stepsPerUnit),
    y: Math.round(y * stepsPerUnit),
  })

  return {
    context: {
      beginPath: () => undefined,
      moveTo: (x, y) => {
        rings.push([snapped(x, y)])
      },
      lineTo: (x, y) => {
        const ring = rings.at(-1)
        const point = snapped(x, y)
        const last = ring?.at(-1)
        if (last?.x !== point.x || last.y !== point.y) ring?.push(point)
      },
      closePath: () => undefined,
      // Only for points, which countries are not made of.
      arc: () => undefined,
    },
    take() {
      const data = rings
        .map(withoutMiddles)
        .filter((ring) => ring.length > 2)
        .map((ring) => ringData(ring, stepsPerUnit))
        .join('')
      rings = []
      return data
    },
  }
}

/** Leaves out points on a straight line between their neighbours. */
function withoutMiddles(ring: readonly Point[]): Point[] {
  const last = ring.at(-1)
  const [start] = ring
  const open = start !== undefined && last?.x === start.x && last.y === start.y ? ring.slice(0, -1) : ring
  return open.filter((point, index) => {
    const before = open.at(index - 1) ?? point
    const after = open[(index + 1) % open.length] ?? point
    return (point.x - before.x) * (after.y - point.y) !== (point.y - before.y) * (after.x - point.x)
  })
}

function ringData(ring: readonly Point[], stepsPerUnit: number): string {
  const written = (steps: number) => String(steps / stepsPerUnit)
  let at: Point | undefined
  const parts = ring.map((point) => {
    const from = at
    at = point
    if (from === undefined) return `M${written(point.x)},${written(point.y)}`
    return `l${written(point.x - from.x)},${written(point.y - from.y)}`
  })
  return `${parts.join('').replaceAll(/(?<=\d)l/g, 'l')}z`
}
