/**
 * Reads the candidates of the charts to publish, for one level of regions and kind of genre.
 * @module
 */

import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { needsSpellings, type Place, type Spelling } from './chart-entries.ts'
import type { PlaceStatements } from './chart-statements.ts'

/** More candidates than a chart shows, for entries may be withheld. */
const PLACES_MAX = 150

interface PlaceId {
  region_id: string
  genre_id: string
  track: string
}

interface PlaceRow extends PlaceId {
  djs: number
  plays: string
  artist: string
  artist_djs: string
  title: string
  title_djs: string
  label: string
  label_djs: string
  clean_label: string
  clean_label_djs: string
}

interface SpellingRow extends PlaceId {
  artist: string
  title: string
  djs: string
}

/** The candidates of each chart (`region_id genre_id`), in the order of the chart. */
export async function readPlaces(
  store: StoreConnection,
  { fill, read, readSpellings }: PlaceStatements,
  minimumDjs: number,
): Promise<Map<string, Place[]>> {
  await emptyTables(store, ['charts.build_places'])
  await store.run(fill, { minimum_djs: minimumDjs, places_max: PLACES_MAX })
  const charts = placesByChart(await store.rows<PlaceRow>(read))
  const needing = [...charts.values()].flat().filter((place) => needsSpellings(place, minimumDjs))
  // As integers: a list of texts is no list of integers to the engine.
  const tracks = [...new Set(needing.map(({ track }) => BigInt(track)))]
  if (tracks.length === 0) return charts
  const spellings = spellingsByPlace(await store.rows<SpellingRow>(readSpellings, { tracks }))
  return new Map(
    [...charts].map(([id, places]) => [
      id,
      places.map((place) => ({ ...place, spellings: spellings.get(`${id} ${place.track}`) ?? [] })),
    ]),
  )
}

function spellingsByPlace(rows: readonly SpellingRow[]): Map<string, Spelling[]> {
  const places = new Map<string, Spelling[]>()
  for (const { region_id, genre_id, track, artist, title, djs } of rows) {
    const id = `${region_id} ${genre_id} ${track}`
    const spellings = places.get(id) ?? []
    places.set(id, spellings)
    spellings.push({ artist, title, djs: Number(djs) })
  }
  return places
}

function placesByChart(rows: readonly PlaceRow[]): Map<string, Place[]> {
  const charts = new Map<string, Place[]>()
  for (const row of rows) {
    const id = `${row.region_id} ${row.genre_id}`
    const places = charts.get(id) ?? []
    charts.set(id, places)
    places.push({
      track: row.track,
      djs: row.djs,
      plays: Number(row.plays),
      artist: row.artist,
      artistDjs: Number(row.artist_djs),
      title: row.title,
      titleDjs: Number(row.title_djs),
      label: row.label,
      labelDjs: Number(row.label_djs),
      cleanLabel: row.clean_label,
      cleanLabelDjs: Number(row.clean_label_djs),
    })
  }
  return charts
}
