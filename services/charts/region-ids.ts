/**
 * Regions as the integers that a build groups by: the first eight bytes of the code, little endian, which is what
 * ClickHouse's `reinterpretAsUInt64` makes of the text. Every code fits but those of some continents, whose first eight
 * letters differ.
 * @module
 */
import { continents } from '#rules/regions.ts'

const BYTES = 8

const continentById = new Map(continents.map((slug) => [toRegionId(slug), slug]))

/** The integer of a region's code, in decimal. */
export function toRegionId(region: string): string {
  const bytes = Buffer.alloc(BYTES)
  bytes.write(region.slice(0, BYTES), 'ascii')
  return bytes.readBigUInt64LE(0).toString()
}

/** The code of a region's integer. */
export function regionOfId(id: string): string {
  const continent = continentById.get(id)
  if (continent !== undefined) return continent
  const bytes = Buffer.alloc(BYTES)
  bytes.writeBigUInt64LE(BigInt(id))
  return bytes.toString('ascii').replace(/\0+$/, '')
}
