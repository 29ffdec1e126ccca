import { TonearmError } from '../errors/tonearm-error.ts'
import type { StoreConnection } from './store.ts'

/**
 * Throws `busy` while a rotation of the contributor key has copies of rows in hand, also one that broke off: under both keys
 * together every DJ would be counted twice. The privacy service, or the next rotation, makes it good.
 */
export async function refuseRotation(store: StoreConnection): Promise<void> {
  const [renewed] = await store.rows('SELECT 1 FROM charts.renewed_contributors LIMIT 1')
  if (renewed !== undefined) throw new TonearmError('busy', 'the contributor key is being rotated')
}
