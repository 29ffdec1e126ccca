/**
 * The countries of the world as shapes on one drawing. Made of Natural Earth's borders (public domain) in the package
 * `world-atlas`, in the Equal Earth projection (Šavrič, Patterson, Jenny 2018), which shows areas as they are.
 *
 * The borders are those of Natural Earth; the service takes no side in any of them. Antarctica is left out for its room.
 * @module
 */
import { createRequire } from 'node:module'
import { type ExtendedFeatureCollection, geoEqualEarth, geoPath } from 'd3-geo'
import { iso31661 } from 'iso-3166'
import { feature } from 'topojson-client'
import { createSimplePath } from './simple-path.ts'

export const MAP_WIDTH = 1000

/** Turned so that the edge runs through the Bering Strait and cuts no country but a tip of Russia. */
const ROTATION_DEGREES = -11

const ANTARCTICA = '010'

/** What is smaller than this, in units of the drawing squared, is marked by a dot. */
const AREA_MIN = 12

export interface CountryShape {
  /** ISO 3166-1 alpha-2; absent for what has no code. */
  readonly country: string | undefined
  /** SVG path data; empty where nothing is left of the shape at this size. */
  readonly path: string
  /** Where a dot stands in place of a shape that is too small to hit. */
  readonly dot?: { readonly x: number; readonly y: number }
}

export interface WorldShapes {
  readonly height: number
  readonly countries: readonly CountryShape[]
}

/** TopoJSON, as its own package takes it. */
type Atlas = Parameters<typeof feature>[0]

function readCountries(): ExtendedFeatureCollection['features'] {
  const atlas: Atlas = createRequire(import.meta.url)('world-atlas/countries-50m.json')
  const { countries } = atlas.objects
  const collection = countries && feature(atlas, countries)
  return collection !== undefined && 'features' in collection ? collection.features : []
}

function makeShapes(): WorldShapes {
  const shown: ExtendedFeatureCollection = {
    type: 'FeatureCollection',
    features: readCountries().filter(({ id }) => id !== ANTARCTICA),
  }
  const projection = geoEqualEarth().rotate([ROTATION_DEGREES, 0]).fitWidth(MAP_WIDTH, shown)
  const [, [, height]] = geoPath(projection).bounds(shown)
  const measured = geoPath(projection)
  const { context, take } = createSimplePath(1)
  const draw = geoPath(projection, context)
  const codes = new Map(iso31661.map(({ numeric, alpha2 }) => [numeric, alpha2]))
  // Some lands of a country are features of their own under its code (islands of Australia): they are drawn as one shape.
  const byCode = new Map<string, ExtendedFeatureCollection['features']>()
  for (const [index, one] of shown.features.entries()) {
    const code = codes.get(String(one.id)) ?? `unknown-${index}`
    byCode.set(code, [...(byCode.get(code) ?? []), one])
  }
  const countries = [...byCode].map(([code, lands]): CountryShape => {
    const country: ExtendedFeatureCollection = { type: 'FeatureCollection', features: lands }
    draw(country)
    const shape = { country: code.startsWith('unknown-') ? undefined : code, path: take() }
    if (measured.area(country) >= AREA_MIN) return shape
    const [x, y] = measured.centroid(country)
    return { ...shape, dot: { x: Math.round(x), y: Math.round(y) } }
  })
  return { height: Math.ceil(height), countries }
}

let shapes: WorldShapes | undefined

/** Computed once, for the first who looks at the map: it takes as long as a seventh of a start, which most starts need not. */
export function worldShapes(): WorldShapes {
  shapes ??= makeShapes()
  return shapes
}
