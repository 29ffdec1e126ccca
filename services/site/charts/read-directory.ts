/**
 * Which charts there are.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import type { ChartDirectory } from '#schemas/records/chart.ts'

const directorySql = readFileSync(new URL('directory.sql', import.meta.url), 'utf8')

export interface DirectoryPlace {
  readonly region: string
  readonly genre: string
}

/** Before the first. */
export const DIRECTORY_START: DirectoryPlace = { region: '', genre: '' }

/** A page of the directory, at most `limit` long. Periods stand weeks first, then months, then years. */
export async function readDirectory(
  store: StoreConnection,
  after: DirectoryPlace,
  limit: number,
): Promise<ChartDirectory> {
  const rows = await store.rows<ChartDirectory['charts'][number]>(directorySql, { ...after, rows: limit + 1 })
  const charts = rows.slice(0, limit)
  const last = charts.at(-1)
  return rows.length > limit && last !== undefined ? { charts, next: encodeDirectoryCursor(last) } : { charts }
}

function encodeDirectoryCursor({ region, genre }: DirectoryPlace): string {
  return Buffer.from(JSON.stringify([region, genre])).toString('base64url')
}

/** The place of a cursor; `undefined` where it is none of ours. */
export function decodeDirectoryCursor(cursor: string): DirectoryPlace | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parts) || parts.length !== 2) return undefined
    const [region, genre]: unknown[] = parts
    return typeof region === 'string' && typeof genre === 'string' ? { region, genre } : undefined
  } catch {
    return undefined
  }
}
